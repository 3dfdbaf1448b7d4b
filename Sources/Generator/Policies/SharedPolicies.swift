import Kubernetes

extension Selectors {
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
        "\(words.count) polic\(words.count == 1 ? "y is" : "ies are") for several workloads that have the same labels one after the other: what one of them needs passes for all",
        detail: words,
        hint: "`--since` leaves out what was seen of earlier ones only")
    ]
  }
}
