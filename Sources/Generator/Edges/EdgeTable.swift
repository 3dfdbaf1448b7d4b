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
    var hours: Set<Int64>
    var direct: [Pair: [String: UInt64]] = [:]
    var throughService: [Pair: [String: UInt64]] = [:]

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
    let seen = Evidence(
      tier: fact.key.tier, conversations: 0, first: part.first, last: part.last, hours: 0,
      clientAddresses: [], serverAddresses: [], clientPods: [], serverPods: [], dialled: [], directions: [],
      names: [])
    var row = gathered[key] ?? Gathered(evidence: seen, hours: [])
    row.evidence.tier = max(row.evidence.tier, fact.key.tier)
    row.evidence.first = min(row.evidence.first, part.first)
    row.evidence.last = max(row.evidence.last, part.last)
    row.evidence.clientAddresses.insert(fact.key.client)
    row.evidence.serverAddresses.insert(fact.key.server)
    if let pod = part.clientPod { row.evidence.clientPods.insert(pod) }
    if let pod = part.serverPod { row.evidence.serverPods.insert(pod) }
    row.evidence.directions.insert(fact.key.direction)
    if fact.key.direction != .unknown, let dialled = fact.key.dialled { row.evidence.dialled.insert(dialled) }
    if part.isThroughService { row.evidence.dialled.insert(Socket(fact.key.server, fact.key.port)) }
    row.evidence.names = Set(row.evidence.names + names).sorted()
    row.hours.insert(fact.key.hour)
    let pair = Pair(client: fact.key.client, server: fact.key.server)
    if part.isThroughService {
      row.throughService[pair, default: [:]][fact.key.recorder, default: 0] += part.conversations
    } else {
      row.direct[pair, default: [:]][fact.key.recorder, default: 0] += part.conversations
    }
    gathered[key] = row
  }

  /// The edges, in order.
  func edges() -> [Edge] {
    gathered.map { key, row in
      var evidence = row.evidence
      evidence.conversations = row.conversations
      evidence.hours = row.hours.count
      return Edge(key: key, evidence: evidence)
    }.sorted { $0.key < $1.key }
  }
}
