import Kubernetes
import Traffic

/// Adds facts up to edges, so that the same traffic seen twice counts once.
///
/// Rows of several recorders for one pair of addresses are the same traffic, and so are rows that show a Service and
/// rows that show its backends: an edge counts the largest, never the sum.
struct EdgeTable {
  private var gathered: [Edge.Key: Gathered] = [:]

  /// How often each pair of addresses talked, as each recorder saw it.
  private struct Lane {
    private var pairs: [Address: [Address: [String: UInt64]]] = [:]

    mutating func add(_ part: Attribution.Part, by recorder: String) {
      let known = pairs[part.clientAddress]?[part.serverAddress]?[recorder] ?? 0
      pairs[part.clientAddress, default: [:]][part.serverAddress, default: [:]][recorder] =
        known.saturatingPlus(part.conversations)
    }

    var clients: Set<Address> { Set(pairs.keys) }

    /// For each server the recorder that saw most.
    func conversations(of client: Address) -> UInt64 {
      (pairs[client] ?? [:]).values.map { $0.values.max() ?? 0 }.saturatingSum
    }
  }

  /// What was seen behind Services, and what was seen before them.
  private struct Lanes {
    private var direct = Lane()
    private var throughService = Lane()

    mutating func add(_ part: Attribution.Part, by recorder: String) {
      if part.isThroughService {
        throughService.add(part, by: recorder)
      } else {
        direct.add(part, by: recorder)
      }
    }

    /// For each client the larger of the two: what stands on both sides of a Service is the same traffic.
    var conversations: UInt64 {
      direct.clients.union(throughService.clients).map { client in
        max(direct.conversations(of: client), throughService.conversations(of: client))
      }.saturatingSum
    }
  }

  private struct Gathered {
    var evidence: Evidence
    var hours: Set<Int64> = []
    var every = Lanes()
    var established = Lanes()

    init(_ part: Attribution.Part, of fact: Fact) {
      evidence = Evidence(
        tier: fact.key.tier, conversations: 0, established: 0, first: part.first, last: part.last, hours: 0,
        clientAddresses: [], serverAddresses: [], clientPods: [], serverPods: [], dialled: [], directions: [],
        names: [])
    }

    mutating func add(_ part: Attribution.Part, of fact: Fact, names: [String]) {
      evidence.tier = max(evidence.tier, fact.key.tier)
      evidence.first = min(evidence.first, part.first)
      evidence.last = max(evidence.last, part.last)
      evidence.clientAddresses.insert(part.clientAddress)
      evidence.serverAddresses.insert(part.serverAddress)
      if let pod = part.clientPod { evidence.clientPods.insert(pod) }
      if let pod = part.serverPod { evidence.serverPods.insert(pod) }
      evidence.directions.insert(fact.key.direction)
      if fact.key.direction != .unknown, let dialled = fact.key.dialled { evidence.dialled.insert(dialled) }
      if part.isThroughService { evidence.dialled.insert(Socket(part.serverAddress, fact.key.port)) }
      for name in names where !evidence.names.contains(name) { evidence.names.append(name) }
      hours.insert(fact.key.hour)
      every.add(part, by: fact.key.recorder)
      if fact.key.tier.isEstablished { established.add(part, by: fact.key.recorder) }
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
      evidence.conversations = row.every.conversations
      evidence.established = row.established.conversations
      evidence.hours = row.hours.count
      evidence.names.sort()
      return Edge(key: key, evidence: evidence)
    }.sorted { $0.key < $1.key }
  }
}
