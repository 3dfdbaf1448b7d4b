public import Documents

/// The kind of object that policies are written as; what they say is the same in each.
public enum Dialect: String, Hashable, Sendable, CaseIterable {
  /// `NetworkPolicy` of Kubernetes, which is in force as soon as it is applied.
  case kubernetes
  /// `StagedKubernetesNetworkPolicy` of Calico, which is in force nowhere: Calico tells what it would do.
  case calicoStaged = "calico-staged"
}

extension Dialect {
  /// What the kind of object is called.
  public var kind: String {
    switch self {
    case .kubernetes: Node.policyKind
    case .calicoStaged: Node.stagedKind
    }
  }
}

extension NetworkPolicy {
  /// The policy as an object of this kind, every key in alphabetical order.
  public func node(in dialect: Dialect) -> Node {
    switch dialect {
    case .kubernetes: node
    case .calicoStaged: node.staged
    }
  }

  /// Reads an object of this kind back; nil for one of another kind, or with fields that this kind doesn't have.
  ///
  /// `file` is what origins and complaints call the source.
  public init?(_ node: Node, in dialect: Dialect, file: String) throws(PolicyError) {
    switch dialect {
    case .kubernetes:
      guard node["kind"]?.string == Node.policyKind else { return nil }
      try self.init(node, file: file, defaultNamespace: "")
    case .calicoStaged:
      guard let plain = node.unstaged else { return nil }
      try self.init(plain, file: file, defaultNamespace: "")
    }
  }
}

extension Node {
  fileprivate static let policyKind = "NetworkPolicy"
  private static let policyVersion = "networking.k8s.io/v1"
  fileprivate static let stagedKind = "StagedKubernetesNetworkPolicy"
  private static let stagedVersion = "projectcalico.org/v3"
  private static let stagedAction = Member("stagedAction", .string("Set"))

  /// The same policy, staged: another kind, and what is to become of it beside what it says.
  fileprivate var staged: Node {
    changed(version: Self.stagedVersion, kind: Self.stagedKind) { spec in
      // It comes last in the alphabet too.
      spec + [Self.stagedAction]
    }
  }

  /// The policy that a staged one says; nil for what is none.
  fileprivate var unstaged: Node? {
    guard self["apiVersion"]?.string == Self.stagedVersion, self["kind"]?.string == Self.stagedKind,
      self[["spec", Self.stagedAction.key]]?.string == Self.stagedAction.value.string
    else { return nil }
    return changed(version: Self.policyVersion, kind: Self.policyKind) { spec in
      spec.filter { $0.key != Self.stagedAction.key }
    }
  }

  private func changed(version: String, kind: String, _ change: ([Member]) -> [Member]) -> Node {
    var members = mapping ?? []
    for index in members.indices {
      switch members[index].key {
      case "apiVersion": members[index].value = .string(version)
      case "kind": members[index].value = .string(kind)
      case "spec": members[index].value.value = .mapping(change(members[index].value.mapping ?? []))
      default: break
      }
    }
    var copy = self
    copy.value = .mapping(members)
    return copy
  }
}
