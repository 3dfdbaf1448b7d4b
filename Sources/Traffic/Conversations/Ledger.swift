/// Adds up conversations that are over, and counts what taught nothing.
struct Ledger {
  private let changes: OwnerChanges
  private let limit: Int
  private var facts: [Fact.Key: Fact] = [:]
  /// Frames and conversations that taught nothing, by reason.
  private(set) var passed: [Passed: UInt64] = [:]
  /// TCP connections.
  private(set) var connections: UInt64 = 0
  /// How many interfaces showed them, added up.
  private(set) var sightings: UInt64 = 0
  /// UDP exchanges.
  private(set) var exchanges: UInt64 = 0

  init(changes: OwnerChanges, limit: Int) {
    self.changes = changes
    self.limit = limit
  }

  mutating func pass(_ reason: Passed, times count: UInt64 = 1) {
    if count > 0 { passed[reason, default: 0] += count }
  }

  /// Enters one TCP connection, from all its legs.
  mutating func enter(_ legs: [Leg]) {
    guard let path = Path(legs),
      let start = legs.min(by: { ($0.first, $0.interface) < ($1.first, $1.interface) })
    else { return }
    guard let tier = legs.compactMap(\.handshake.tier).max() else {
      pass(.oneSided)
      return
    }
    connections += 1
    sightings += legs.reduce(0) { $0 + UInt64($1.interfaces.count) }
    let client = path.clientLeg.clientSocket
    let server = path.serverLeg.server
    let isOpened = legs.contains { $0.handshake.isOpened }
    let dialled = path.clientLeg.server
    enter(
      client: client.address, server: server, transport: .tcp, tier: tier,
      direction: isOpened ? .opening : .unknown,
      dialled: isOpened ? (dialled == server ? nil : dialled) : client,
      interface: start.interface, first: start.first)
  }

  /// Enters one UDP exchange.
  mutating func enter(_ exchange: Exchange) {
    guard let tier = exchange.tier else {
      pass(.oneSided)
      return
    }
    exchanges += 1
    enter(
      client: exchange.clientSocket.address, server: exchange.server, transport: .udp, tier: tier,
      direction: .firstSender, dialled: nil, interface: exchange.interface, first: exchange.first)
  }

  /// Everything entered so far, as rows of one recorder, sorted.
  func facts(recorder: String) -> [Fact] {
    facts.values.compactMap { fact in
      Fact(
        key: fact.key.by(recorder), conversations: fact.conversations, activity: fact.activity)
    }
    .sorted { $0.key < $1.key }
  }

  private mutating func enter(
    client: Address, server: Socket, transport: Transport, tier: Tier, direction: Direction,
    dialled: Socket?, interface: UInt32, first: Instant
  ) {
    let part = changes.count(of: client, until: first) + changes.count(of: server.address, until: first)
    let key = Fact.Key(
      hour: first.hour, recorder: "", client: client, server: server.address, port: server.port,
      transport: transport, tier: tier, direction: direction, dialled: dialled,
      interface: interface, part: UInt16(clamping: part))
    guard let fact = Fact(key: key, conversations: 1, activity: Activity(at: first)) else { return }
    if facts[key]?.merge(fact) == nil {
      guard facts.count < limit else { return pass(.overflow) }
      facts[key] = fact
    }
  }
}

extension Fact.Key {
  /// The same key for another recorder.
  fileprivate func by(_ recorder: String) -> Fact.Key {
    Fact.Key(
      hour: hour, recorder: recorder, client: client, server: server, port: port, transport: transport,
      tier: tier, direction: direction, dialled: dialled, interface: interface, part: part)
  }
}
