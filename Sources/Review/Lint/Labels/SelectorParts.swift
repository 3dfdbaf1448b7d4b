import Kubernetes

extension LabelSelector {
  /// Each thing that it asks, as a selector of its own, in order.
  var parts: [LabelSelector] {
    labels.sorted { $0.key < $1.key }.map { LabelSelector([$0.key: $0.value]) }
      + requirements.map { LabelSelector([:], [$0]) }
  }

  /// The labels that it asks to be there with one of these values, in order of the labels.
  var wanted: [(key: String, values: [String])] {
    let lists = requirements.compactMap { requirement -> (key: String, values: [String])? in
      guard case .isOneOf(let values) = requirement.test else { return nil }
      return (requirement.key, Array(values))
    }
    return (labels.map { (key: $0.key, values: [$0.value]) } + lists).sorted { one, other in
      one.key == other.key ? one.values.lexicographicallyPrecedes(other.values) : one.key < other.key
    }
  }

  /// Whether it asks for nothing but one value each of some labels.
  var isPlain: Bool {
    !isEverything
      && requirements.allSatisfy { requirement in
        if case .isOneOf(let values) = requirement.test { values.count == 1 } else { false }
      }
  }
}

extension Peer {
  /// What it asks of the labels of pods; nil where it asks nothing of them.
  var pods: LabelSelector? {
    switch self {
    case .pods(let pods), .podsIn(_, let pods): pods
    case .namespaces, .block: nil
    }
  }

  /// What it asks of the labels of namespaces; nil where it asks nothing of them.
  var namespaces: LabelSelector? {
    switch self {
    case .namespaces(let namespaces), .podsIn(let namespaces, _): namespaces
    case .pods, .block: nil
    }
  }
}
