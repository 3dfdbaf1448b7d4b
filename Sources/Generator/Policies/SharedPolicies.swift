import Kubernetes
import Traffic

extension Selectors {
  /// The edges that were kept out of one workload and that another with the same policy needs: what opens it for that one
  /// opens it for both.
  func sharing(_ edges: [Edge]) -> Set<Edge.Key> {
    let needed = Set(edges.filter(\.bin.isNeeded).map(way))
    return Set(
      edges.filter { edge in
        edge.bin == .quarantined
          && [edge.client.workload, edge.server.workload].contains { $0.map(isSharing) ?? false }
          && needed.contains(way(edge))
      }.map(\.key))
  }

  private struct Way: Hashable {
    let client: End
    let server: End
    let port: UInt16
    let transport: Transport
  }

  private func way(_ edge: Edge) -> Way {
    func face(_ end: End) -> End { end.workload.map { .workload(self.face(of: $0)) } ?? end }
    return Way(
      client: face(edge.client), server: face(edge.server), port: edge.port, transport: edge.transport)
  }

  /// That one policy is for several workloads, each of which needs something: what one of them needs passes for all.
  func shared(_ edges: [Edge], in namespaces: Set<String>) -> [Concern] {
    let busy = Set(
      edges.filter(\.bin.isNeeded).flatMap { [$0.client.workload, $0.server.workload] }.compactMap(\.self))
    let groups = Dictionary(grouping: busy.filter { namespaces.contains($0.namespace) }, by: face)
      .mapValues { members in members.sorted() }
      .filter { $0.value.count > 1 || $0.value != [$0.key] }
    guard !groups.isEmpty else { return [] }
    let words = groups.sorted { $0.key < $1.key }.map { face, members in
      Set(members + [face]).sorted().map {
        "`\($0)`\(successions.gone.contains($0) ? ", which is gone" : "")"
      }
      .joined(separator: "; ")
    }
    return [
      Concern(
        .sharedPolicies,
        "\(words.count) polic\(words.count == 1 ? "y is" : "ies are") for several workloads that have the same labels, as runs of one Job and what took another's place have: what one of them needs passes for all",
        detail: words,
        hint: groups.values.contains { $0.count > 1 }
          ? "`--since` leaves out what was seen of earlier ones only" : nil)
    ]
  }
}
