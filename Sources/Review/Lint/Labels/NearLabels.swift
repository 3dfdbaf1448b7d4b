import Kubernetes

// What was probably meant by a label that nobody has.
extension LabelIndex {
  /// The label that is nearest to what a selector asks for in vain; nil where nothing is near, or all is there.
  ///
  /// Labels for which `isPassing` holds are never what was meant.
  func nearest(
    to selector: LabelSelector, passing isPassing: (String) -> Bool = { Passing(of: $0) != nil }
  ) -> (key: String, value: String)? {
    for (key, values) in selector.wanted where !values.contains(where: { has(key, $0) }) {
      for value in values {
        if let near = nearest(to: key, value, passing: isPassing) { return near }
      }
    }
    return nil
  }

  private func nearest(
    to key: String, _ value: String, passing isPassing: (String) -> Bool
  ) -> (key: String, value: String)? {
    // A very short value, or one that many labels have, says nothing of what was meant.
    guard value.utf8.count > 2, !["true", "false"].contains(value) else { return nil }
    if let near = Suggestion.nearest(to: value, among: values(of: key)) { return (key, near) }
    let others = keys.filter { $0 != key && !isPassing($0) }
    let namesakes = others.filter { has($0, value) }
    if let near = Suggestion.nearest(to: key, among: namesakes) ?? namesakes.first { return (near, value) }
    guard let near = Suggestion.nearest(to: key, among: others) else { return nil }
    return Suggestion.nearest(to: value, among: values(of: near)).map { (near, $0) }
  }
}

extension Scene {
  /// What to do about a selector that picks no pod of these namespaces, where the labels of pods tell.
  ///
  /// Such pods in another namespace say more than a label that is merely near, where the selector stands alone.
  func hint(for selector: LabelSelector, in namespaces: [String], alone isAlone: Bool = false) -> String? {
    if isAlone, let other = namespace(withSuchPods: selector) {
      return "`\(other)` has such pods: to mean these, the same element needs a `namespaceSelector`"
    }
    for namespace in namespaces {
      if let near = index.labels(in: namespace).nearest(to: selector) {
        return "did you mean `\(near.key): \(near.value)`?"
      }
    }
    return namesake(of: selector, in: namespaces)
  }

  /// The first namespace that has pods which a selector picks.
  func namespace(withSuchPods selector: LabelSelector) -> String? {
    guard !selector.wanted.isEmpty else { return nil }
    return index.places(selector, inAll: .everything).first.map { looks[$0].traits.namespace }
  }

  /// The workload that has the labels itself, and does not give them to its pods.
  private func namesake(of selector: LabelSelector, in namespaces: [String]) -> String? {
    guard !selector.wanted.isEmpty else { return nil }
    let wanted = Set(namespaces)
    let workload = inventory.workloads.values.filter {
      wanted.contains($0.meta.namespace) && selector.matches($0.meta.labels)
    }.map(\.id).min()
    return workload.map {
      "\($0.kind) `\($0)` has it and its pods do not: selectors look at `spec.template.metadata.labels`"
    }
  }
}
