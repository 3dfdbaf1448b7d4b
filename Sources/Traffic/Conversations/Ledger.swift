/// Adds up conversations that are over, and counts what taught nothing.
struct Ledger: ~Copyable {
  private let changes: OwnerChanges
  private var table: FactTable
  private var doors: Doors
  /// Frames and conversations that taught nothing, by reason.
  private(set) var passed: [Passed: UInt64] = [:]
  /// TCP connections.
  private(set) var connections: UInt64 = 0
  /// SCTP associations.
  private(set) var associations: UInt64 = 0
  /// How many interfaces showed connections and associations, added up.
  private(set) var sightings: UInt64 = 0
  /// UDP exchanges.
  private(set) var exchanges: UInt64 = 0

  init(changes: OwnerChanges, limit: Int, seed: HashSeed) {
    self.changes = changes
    table = FactTable(limit: limit, seed: seed)
    doors = Doors(limit: limit, seed: seed)
  }

  mutating func pass(_ reason: Passed, times count: UInt64 = 1) {
    if count > 0 { passed[reason, default: 0] += count }
  }

  /// Enters one connection that was seen under one pair of ends.
  mutating func enter<State>(_ leg: Leg<State>) {
    guard let tier = leg.state.tier else { return pass(.oneSided) }
    if leg.state.hasSilentSide { pass(.oneDirection) }
    noteDoors(leg)
    enter(
      tier, isOpened: leg.state.isOpened, sightings: leg.interfaces.count, start: leg, last: leg.last,
      from: leg, to: leg)
  }

  /// Enters what was tied together by numbers, as one connection or as several.
  mutating func enter<State>(_ legs: [Leg<State>]) {
    for connection in Parting(legs).connections { enterWhole(connection) }
  }

  /// Enters one connection, from all its legs.
  private mutating func enterWhole<State>(_ legs: [Leg<State>]) {
    guard let path = Path(legs),
      let start = legs.min(by: { ($0.first, $0.interface) < ($1.first, $1.interface) })
    else { return }
    guard let tier = legs.compactMap(\.state.tier).max() else { return pass(.oneSided) }
    for leg in legs { noteDoors(leg) }
    if !tier.isEstablished, legs.contains(where: \.state.hasSilentSide) { pass(.oneDirection) }
    enter(
      tier, isOpened: legs.contains { $0.state.isOpened },
      sightings: legs.reduce(0) { $0 + $1.interfaces.count }, start: start,
      last: legs.reduce(start.last) { max($0, $1.last) }, from: path.clientLeg, to: path.serverLeg)
    if path.isHidden, path.serverLeg.state.isOpened { enterHidden(path.serverLeg, tier) }
  }

  /// Takes note of where the ends of a leg sit that shows that they hear each other.
  private mutating func noteDoors<State>(_ leg: Leg<State>) {
    guard leg.isEstablished else { return }
    noteDoor(of: .low, on: leg)
    noteDoor(of: .high, on: leg)
  }

  private mutating func noteDoor<State>(of end: SocketPair.End, on leg: Leg<State>) {
    guard let entrance = leg.entrance(of: end) else { return }
    doors.note(leg.pair[end].address, behind: entrance)
  }

  /// Enters what the server saw of a connection that counts between other ends.
  private mutating func enterHidden<State>(_ leg: Leg<State>, _ tier: Tier) {
    enter(
      client: leg.clientSocket.address, server: leg.server,
      kind: FactRow.Kind(State.transport, tier, .seenAgain), dialled: nil, interface: leg.interface,
      first: leg.first, last: leg.last)
  }

  /// Enters one UDP exchange.
  mutating func enter(_ exchange: Exchange) {
    guard let tier = exchange.tier else {
      if exchange.direction != .seenAgain { pass(.oneSided) }
      return
    }
    if exchange.direction != .seenAgain { exchanges += 1 }
    let client = exchange.clientSocket
    enter(
      client: client.address, server: exchange.server, kind: FactRow.Kind(.udp, tier, exchange.direction),
      dialled: exchange.isUndirected ? client : nil, interface: exchange.interface,
      first: exchange.first, last: exchange.last,
      appearance: Appearance(hasEntered: exchange.entrance != nil))
  }

  /// Everything entered so far, as rows of one recorder, sorted: the facts, and apart from them what was begun in
  /// another's name; counts what is not among the facts.
  mutating func close(
    recorder: String, mayShowSeveralMachines: Bool
  ) -> (facts: [Fact], spoofed: [Fact]) {
    pass(.displaced, times: table.displaced)
    if mayShowSeveralMachines { doors = Doors(limit: 0, seed: HashSeed(0)) }
    let found = table.facts(recorder: recorder, doors: doors)
    pass(.spoofedSource, times: found.spoofed.map(\.conversations).saturatingSum)
    return found
  }

  private mutating func enter<State>(
    _ tier: Tier, isOpened: Bool, sightings count: Int, start: Leg<State>, last: Instant,
    from clientLeg: Leg<State>, to serverLeg: Leg<State>
  ) {
    if State.transport == .tcp { connections += 1 } else { associations += 1 }
    sightings += UInt64(count)
    let client = clientLeg.clientSocket
    let server = serverLeg.server
    let dialled = clientLeg.server
    enter(
      client: client.address, server: server,
      kind: FactRow.Kind(State.transport, tier, isOpened ? .opening : .unknown),
      dialled: isOpened ? (dialled == server ? nil : dialled) : client,
      interface: start.interface, first: start.first, last: last,
      appearance: Appearance(
        hasEntered: start.entrance(of: start.client) == start.interface
          && start.clientSocket.address == client.address,
        showsClient: clientLeg.isEstablished && clientLeg.entrance(of: clientLeg.client) != nil,
        showsServer: serverLeg.isEstablished && serverLeg.entrance(of: serverLeg.client.other) != nil))
  }

  private mutating func enter(
    client: Address, server: Socket, kind: FactRow.Kind, dialled: Socket?, interface: UInt32, first: Instant,
    last: Instant, appearance: Appearance = .none
  ) {
    let part =
      changes.isEmpty
      ? 0 : changes.count(of: client, until: first) + changes.count(of: server.address, until: first)
    let hasRoom = table.enter(
      client: client, server: server, kind: kind, dialled: dialled, interface: interface,
      part: UInt16(clamping: part), first: first, last: last, appearance: appearance)
    if !hasRoom { pass(kind.mayBeNeed ? .factOverflow : .attemptOverflow) }
  }
}
