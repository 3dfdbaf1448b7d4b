import Documents

extension Node {
  /// The same object without its namespace, for whoever applies it to say.
  var withoutNamespace: Node {
    changingMetadata { $0.filter { $0.key != "namespace" } }
  }

  /// The same with the namespace that it has or is meant for.
  func withNamespace(_ namespace: String) -> Node {
    changingMetadata { members in
      members.filter { $0.key != "namespace" } + [Member("namespace", .string(namespace))]
    }
  }

  private func changingMetadata(_ change: ([Member]) -> [Member]) -> Node {
    var members = mapping ?? []
    for index in members.indices where members[index].key == "metadata" {
      members[index].value.value = .mapping(change(members[index].value.mapping ?? []))
    }
    var copy = self
    copy.value = .mapping(members)
    return copy
  }
}
