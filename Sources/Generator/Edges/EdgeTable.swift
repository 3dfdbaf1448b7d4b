import Kubernetes
import Traffic

/// Adds facts up to edges, so that the same traffic seen twice counts once.
///
/// Rows of several recorders for one pair of addresses are the same traffic, and so are rows that show a Service and
/// rows that show its backends: an edge counts the largest, never the sum.
struct EdgeTable {
  private var gathered: [Edge.Key: Gathered] = [:]

  private struct Pair: Hashable {
    let client: Address
    let server: Address
  }

  private struct Gathered {
    var evidence: Evidence
    var hours: Set<Int64> = []
    var direct: [Pair: [String: UInt64]] = [:]
    var throughService: [Pair: [String: UInt64]] = [:]

    init(_ part: Attribution.Part, of fact: Fact) {
      evidence = Evidence(
        tier: fact.key.tier, conversations: 0, first: part.first, last: part.last, hours: 0,
        clientAddresses: [], serverAddresses: [], clientPods: [], serverPods: [], dialled: [], directions: [],
        names: [])
    }

    mutating func add(_ part: Attribution.Part, of fact: Fact, names: [String]) {
      evidence.tier = max(evidence.tier, fact.key.tier)
      evidence.first = min(evidence.first, part.first)
      evidence.last = max(evidence.last, part.last)
      evidence.clientAddresses.insert(fact.key.client)
      evidence.serverAddresses.insert(fact.key.server)
      if let pod = part.clientPod { evidence.clientPods.insert(pod) }
      if let pod = part.serverPod { evidence.serverPods.insert(pod) }
      evidence.directions.insert(fact.key.direction)
      if fact.key.direction != .unknown, let dialled = fact.key.dialled { evidence.dialled.insert(dialled) }
      if part.isThroughService { evidence.dialled.insert(Socket(fact.key.server, fact.key.port)) }
      for name in names where !evidence.names.contains(name) { evidence.names.append(name) }
      hours.insert(fact.key.hour)
      let pair = Pair(client: fact.key.client, server: fact.key.server)
      if part.isThroughService {
        throughService[pair, default: [:]][fact.key.recorder, default: 0] += part.conversations
      } else {
        direct[pair, default: [:]][fact.key.recorder, default: 0] += part.conversations
      }
    }

    /// For each pair the recorder that saw most of it; then the larger of what was seen behind and before the Service.
    var conversations: UInt64 { max(Self.sum(direct), Self.sum(throughService)) }

    private static func sum(_ lane: [Pair: [String: UInt64]]) -> UInt64 {
      lane.values.reduce(0) { $0 &+ ($1.values.max() ?? 0) }
    }
  }

  /// Adds one part of a fact.
  mutating func add(_ part: Attribution.Part, of fact: Fact, names: [String]) {
    let key = Edge.Key(
      client: part.client, server: part.server, port: part.port, transport: fact.key.transport,
      nature: part.nature)
    // In place: a row of a busy edge holds thousands of addresses.
    gathered[key, default: Gathered(part, of: fact)].add(part, of: fact, names: names)
  }

  /// The edges, in order.
  func edges() -> [Edge] {
    gathered.map { key, row in
      var evidence = row.evidence
      evidence.conversations = row.conversations
      evidence.hours = row.hours.count
      evidence.names.sort()
      return Edge(key: key, evidence: evidence)
    }.sorted { $0.key < $1.key }
  }
}
