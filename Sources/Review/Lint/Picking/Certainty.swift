import Kubernetes

// How far the cluster is known: only there does it mean anything that a selector picks nobody.
extension Scene {
  /// Whether pods of this namespace are known.
  func knowsPods(of namespace: String) -> Bool { index.knows(namespace) }

  /// Whether no pod of this namespace is missing: those that a cluster lists are all, those of manifests may be a part.
  ///
  /// A list of workloads is not enough, because it may hold one kind of them and lack another.
  func knowsAllPods(of namespace: String) -> Bool {
    listed.contains(namespace) || (knowsWholeCluster && knowsPods(of: namespace))
  }

  /// What a selector picks that picks nobody in these namespaces, in words that say no more than is known.
  func nobody(in namespaces: [String]) -> String {
    if knowsWholeCluster || namespaces.allSatisfy(knowsAllPods(of:)) { return "no pod" }
    return listed.isEmpty ? "no workload among these manifests" : "no workload that is known"
  }

  /// Whether pods are known of all namespaces that a selector may mean.
  ///
  /// Where it names them, of these; else there may be namespaces that nobody told of, unless the whole cluster is known.
  func knowsPods(ofAll namespaces: LabelSelector) -> Bool {
    guard let names = namespaces.names else { return knowsWholeCluster }
    return names.allSatisfy(knowsPods(of:))
  }

  /// Whether all namespaces are known.
  ///
  /// Four of them are made by every API server, and seldom written down by anybody: who has these has a listing.
  var knowsAllNamespaces: Bool {
    ["default", "kube-node-lease", "kube-public", "kube-system"].allSatisfy {
      inventory.namespaces[$0] != nil
    }
  }

  /// Whether all namespaces are known and the pods of all: every cluster has some that resolve names.
  var knowsWholeCluster: Bool {
    knowsAllNamespaces && (knowsPods(of: "kube-system") || knowsPods(of: "openshift-dns"))
  }
}

extension LabelSelector {
  /// The only namespaces that it can pick, where it asks for them by name.
  var names: [String]? {
    if let name = labels[Self.namespaceNameLabel] { return [name] }
    for requirement in requirements where requirement.key == Self.namespaceNameLabel {
      if case .isOneOf(let names) = requirement.test { return Array(names) }
    }
    return nil
  }
}
