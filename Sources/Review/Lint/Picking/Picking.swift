import Kubernetes

// Whom selectors pick among the pods that are known.
extension Scene {
  /// The places of the looks that a policy is about; pods in their node's network are not among them.
  func picked(by policy: NetworkPolicy) -> [Int] {
    named(by: policy).filter { !looks[$0].traits.usesHostNetwork }
  }

  /// The places of the looks that a peer picks by labels, for a policy of this namespace; a block picks none.
  func picked(by peer: Peer, of namespace: String) -> [Int] {
    named(by: peer, of: namespace).filter { !looks[$0].traits.usesHostNetwork }
  }

  /// The places of the looks that a policy's selector asks for, in whatever network they are.
  func named(by policy: NetworkPolicy) -> [Int] { index.places(policy.subject, in: policy.namespace) }

  /// The places of the looks that a peer's selectors ask for, in whatever network they are.
  func named(by peer: Peer, of namespace: String) -> [Int] {
    switch peer {
    case .pods(let pods): index.places(pods, in: namespace)
    case .namespaces(let namespaces): index.places(.everything, inAll: namespaces)
    case .podsIn(let namespaces, let pods): index.places(pods, inAll: namespaces)
    case .block: []
    }
  }

  /// Whether a selector picks a pod of these namespaces, be it one that is over.
  ///
  /// The pods of a Job are over most of the time, and a policy for them is none the less about somebody.
  func picksAnybody(_ pods: LabelSelector, in namespaces: [String]) -> Bool {
    namespaces.contains { namespace in
      !index.places(pods, in: namespace).isEmpty || ended[namespace]?.picks(pods) == true
    }
  }

  /// The labels of pods that are over, by namespace.
  static func ended(in inventory: Inventory) -> [String: LabelIndex] {
    Dictionary(grouping: inventory.pods.lazy.filter(\.isOver), by: \.meta.namespace)
      .mapValues { LabelIndex($0.map(\.meta.labels)) }
  }
}
