import Kubernetes

/// How policies see the ends of some edges, in each of their looks; found once for each end.
struct Looks {
  let policies: PolicySet
  private let standings: [End: [Standing]]

  init(_ policies: PolicySet, of edges: [Edge], in cast: Cast) {
    self.policies = policies
    let ends = Set(edges.lazy.flatMap { [$0.client, $0.server] })
    standings = Dictionary(
      uniqueKeysWithValues: ends.map { end in (end, cast.parties(of: end).map { policies.standing(of: $0) }) }
    )
  }

  /// What the policies say of an edge, for each look of its client and each of its server.
  ///
  /// An edge of a workload with itself is one between two of its pods, which may look alike: a pod reaches itself under
  /// any policy.
  func verdicts(on edge: Edge) -> [Verdict] {
    pairs(of: edge).map { client, server in
      policies.verdict(
        from: client, to: server, port: edge.port, transport: edge.transport,
        areReplicas: edge.client == edge.server)
    }
  }

  /// The rules by which an edge passes on one side, for each look of its client and each of its server.
  func passages(of edge: Edge, _ direction: PolicyDirection) -> [[Passage]] {
    pairs(of: edge).map { client, server in
      policies.passages(direction, from: client, to: server, port: edge.port, transport: edge.transport)
    }
  }

  private func pairs(of edge: Edge) -> [(client: Standing, server: Standing)] {
    let servers = standings[edge.server, default: []]
    return standings[edge.client, default: []].flatMap { client in servers.map { (client, $0) } }
  }
}
