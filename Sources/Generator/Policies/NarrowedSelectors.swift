import Kubernetes

extension Selectors {
  /// That workloads are told from others by labels that their own selectors don't ask for: a template may lose them.
  func narrowed(_ inventory: Inventory, in namespaces: Set<String>) -> [Concern] {
    let words = inventory.topmost.filter { namespaces.contains($0.namespace) }.compactMap { id -> String? in
      guard let own = inventory.workloads[id]?.selector, !own.isEverything,
        let chosen = choice(for: id).selector, chosen != own
      else { return nil }
      return "`\(id)` by `\(LabelSelector(chosen.labels.filter { own.labels[$0.key] == nil }))`"
    }
    guard !words.isEmpty else { return [] }
    return [
      Concern(
        .labelsBesideSelector,
        "\(words.count) workload\(words.count == 1 ? " is" : "s are") told from others by labels that no selector of theirs asks for: a roll-out that drops them cuts what they need",
        detail: words,
        hint: "keep these labels in the templates of their pods")
    ]
  }
}
