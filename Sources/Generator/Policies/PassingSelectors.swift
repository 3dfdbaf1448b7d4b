import Kubernetes

extension Selectors {
  /// That workloads find their own pods by labels that others have to change: so do their policies, because nothing picks
  /// the same pods for as long.
  func concerns(_ inventory: Inventory, in namespaces: Set<String>) -> [Concern] {
    let words = inventory.topmost.filter { namespaces.contains($0.namespace) }.flatMap { id -> [String] in
      guard let own = inventory.workloads[id]?.selector, choice(for: id).selector == own else { return [] }
      return own.labels.sorted { $0.key < $1.key }.compactMap { key, value in
        Passing(of: key).map { "`\(id)` by `\(key)=\(value)`, which \($0.words)" }
      }
    }
    guard !words.isEmpty else { return [] }
    return [
      Concern(
        .passingLabels,
        "\(words.count) label\(words.count == 1 ? "" : "s") by which workloads find their pods may be another tomorrow, and their policies ask for \(words.count == 1 ? "it" : "them") too",
        detail: words,
        hint: "a workload keeps its labels as long as it exists: generate anew when another takes its place")
    ]
  }
}
