import Kubernetes
import Traffic

/// Adds facts up to edges.
struct EdgeTable {
  private let attribution: Attribution
  private let names: Names
  private var places: [Edge.Key: Int] = [:]
  private var rows: [Row] = []
  private var tally = Tally()
  private var addresses = Numbering<Address>()
  private var recorders = Numbering<String>()

  /// An edge as it grows.
  private struct Row {
    let key: Edge.Key
    var evidence: Evidence
    var lastHour: Int64?
    var unanswered = UnansweredMinutes()
  }

  /// The table of these facts, in any order.
  init(_ facts: [Fact], attribution: Attribution, names: Names) {
    self.attribution = attribution
    self.names = names
    var hour: Int64?
    for fact in Self.byHour(facts) {
      if hour != fact.key.hour { tally.settle() }
      hour = fact.key.hour
      add(fact)
    }
    tally.settle()
  }

  /// The edges, in order.
  func edges() -> [Edge] {
    rows.enumerated().map { place, row in
      var evidence = row.evidence
      evidence.conversations = tally.totals[place].all
      evidence.established = tally.totals[place].established
      evidence.unrefusedMinutes = row.unanswered.unrefused
      evidence.refusedMinutes = row.unanswered.refused
      evidence.names.sort()
      return Edge(key: row.key, evidence: evidence)
    }.sorted { $0.key < $1.key }
  }
}

// How it works.
extension EdgeTable {
  /// The facts hour by hour, as a store keeps them.
  private static func byHour(_ facts: [Fact]) -> [Fact] {
    let isInOrder = zip(facts, facts.dropFirst()).allSatisfy { $0.key.hour <= $1.key.hour }
    return isInOrder ? facts : facts.sorted { $0.key.hour < $1.key.hour }
  }

  private mutating func add(_ fact: Fact) {
    let recorder = recorders.number(of: fact.key.recorder)
    for part in attribution.parts(of: fact) {
      let key = Edge.Key(
        client: part.client, server: part.server, port: part.port, transport: fact.key.transport,
        nature: part.nature)
      let place = place(of: key, beginningWith: part, of: fact)
      note(part, of: fact, in: place)
      tally.add(
        Tally.Counts(
          all: part.conversations, established: fact.key.tier.isEstablished ? part.conversations : 0),
        edge: place, client: addresses.number(of: part.clientAddress),
        server: addresses.number(of: part.serverAddress), recorder: recorder,
        isThroughService: part.isThroughService)
    }
  }

  private mutating func place(
    of key: Edge.Key, beginningWith part: Attribution.Part, of fact: Fact
  ) -> Int {
    if let known = places[key] { return known }
    let evidence = Evidence(
      tier: fact.key.tier, conversations: 0, established: 0, unrefusedMinutes: 0, refusedMinutes: 0,
      first: part.first, last: part.last, hours: 0, clientAddresses: [], serverAddresses: [], clientPods: [],
      serverPods: [], dialled: [], directions: [], names: [])
    places[key] = rows.count
    rows.append(Row(key: key, evidence: evidence))
    return rows.count - 1
  }

  private mutating func note(_ part: Attribution.Part, of fact: Fact, in place: Int) {
    rows[place].evidence.note(part, of: fact)
    rows[place].unanswered.add(part, of: fact)
    if case .external(let address) = part.server {
      for name in names.known(to: part.client, for: address)
      where !rows[place].evidence.names.contains(name) {
        rows[place].evidence.names.append(name)
      }
    }
    if rows[place].lastHour != fact.key.hour {
      rows[place].lastHour = fact.key.hour
      rows[place].evidence.hours += 1
    }
  }
}

extension Evidence {
  /// Notes all of a part but how many conversations it had.
  fileprivate mutating func note(_ part: Attribution.Part, of fact: Fact) {
    tier = max(tier, fact.key.tier)
    first = min(first, part.first)
    last = max(last, part.last)
    clientAddresses.insert(part.clientAddress)
    serverAddresses.insert(part.serverAddress)
    if let pod = part.clientPod { clientPods.insert(pod) }
    if let pod = part.serverPod { serverPods.insert(pod) }
    directions.insert(fact.key.direction)
    if fact.key.direction != .unknown, let dialled = fact.key.dialled { self.dialled.insert(dialled) }
    if part.isThroughService { dialled.insert(Socket(part.serverAddress, fact.key.port)) }
  }
}
