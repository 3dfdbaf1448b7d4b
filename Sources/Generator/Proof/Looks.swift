import Kubernetes

/// How policies see the ends of some edges, in each of their looks; found once for each end.
///
/// Of the looks of an end those that no policy tells apart are one.
struct Looks {
  let policies: PolicySet
  private let standings: [End: [Standing]]

  init(_ policies: PolicySet, of edges: [Edge], in cast: Cast) {
    let looks = Set(edges.lazy.flatMap { [$0.client, $0.server] }).map { ($0, cast.parties(of: $0)) }
    let distinctions = Distinctions(policies, among: looks.flatMap(\.1))
    var standings: [End: [Standing]] = [:]
    var place = 0
    for (end, parties) in looks {
      var seen: Set<Int> = []
      for party in parties {
        if seen.insert(distinctions[place]).inserted {
          standings[end, default: []].append(policies.standing(of: party))
        }
        place += 1
      }
    }
    self.policies = policies
    self.standings = standings
  }

  /// One look of an edge's client and one of its server.
  typealias Pair = (client: Standing, server: Standing)

  /// Each look of an edge's client with each of its server; none where nobody knows what one of them looks like.
  func pairs(of edge: Edge) -> [Pair] {
    let servers = standings[edge.server, default: []]
    return standings[edge.client, default: []].flatMap { client in servers.map { (client, $0) } }
  }

  /// What the policies say of an edge between two looks.
  ///
  /// An edge of a workload with itself is one between two of its pods, which may look alike: a pod reaches itself under
  /// any policy.
  func verdict(on edge: Edge, between pair: Pair) -> Verdict {
    policies.verdict(
      from: pair.client, to: pair.server, port: edge.port, transport: edge.transport,
      areReplicas: edge.client == edge.server)
  }

  /// The rules by which an edge passes on one side; nil where no policy isolates that side.
  func passages(of edge: Edge, between pair: Pair, _ direction: PolicyDirection) -> [Passage]? {
    let deciding = direction == .ingress ? pair.server : pair.client
    guard !deciding.isolators(direction).isEmpty else { return nil }
    return policies.passages(
      direction, from: pair.client, to: pair.server, port: edge.port, transport: edge.transport)
  }
}
