/// Adds up conversations that are over, and counts what taught nothing.
struct Ledger: ~Copyable {
  private let changes: OwnerChanges
  private var table: FactTable
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
  }

  mutating func pass(_ reason: Passed, times count: UInt64 = 1) {
    if count > 0 { passed[reason, default: 0] += count }
  }

  /// Enters one connection that was seen under one pair of ends.
  mutating func enter<State>(_ leg: Leg<State>) {
    guard let tier = leg.state.tier else { return pass(.oneSided) }
    if leg.state.hasSilentSide { pass(.oneDirection) }
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
    if !tier.isEstablished, legs.contains(where: \.state.hasSilentSide) { pass(.oneDirection) }
    enter(
      tier, isOpened: legs.contains { $0.state.isOpened },
      sightings: legs.reduce(0) { $0 + $1.interfaces.count }, start: start,
      last: legs.reduce(start.last) { max($0, $1.last) }, from: path.clientLeg, to: path.serverLeg)
    if path.isHidden, path.serverLeg.state.isOpened { enterHidden(path.serverLeg, tier) }
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
      first: exchange.first, last: exchange.last)
  }

  /// Counts what was entered and gave way, when nothing more comes.
  mutating func close() { pass(.displaced, times: table.displaced) }

  /// Everything entered so far, as rows of one recorder, sorted.
  func facts(recorder: String) -> [Fact] { table.facts(recorder: recorder) }

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
      interface: start.interface, first: start.first, last: last)
  }

  private mutating func enter(
    client: Address, server: Socket, kind: FactRow.Kind, dialled: Socket?, interface: UInt32, first: Instant,
    last: Instant
  ) {
    let part =
      changes.isEmpty
      ? 0 : changes.count(of: client, until: first) + changes.count(of: server.address, until: first)
    let hasRoom = table.enter(
      client: client, server: server, kind: kind, dialled: dialled, interface: interface,
      part: UInt16(clamping: part), first: first, last: last)
    if !hasRoom { pass(kind.mayBeNeed ? .factOverflow : .attemptOverflow) }
  }
}
