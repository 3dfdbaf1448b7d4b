import Kubernetes

extension LintRule {
  /// Namespaces asked for by a label that nobody gave them.
  static let namespaceByName = LintRule(
    "namespace-by-name", .error,
    "a `namespaceSelector` that asks for a namespace's name by a label it does not have",
    why: [
      """
      A selector sees the labels of a namespace and not its name. The one label that tells the name, and that every \
      namespace has since Kubernetes 1.21, is `kubernetes.io/metadata.name`; `name` is there only if somebody put it \
      there. The peer picks nobody, and mostly it is the one for DNS or for monitoring.
      """
    ],
    bad: """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: monitoring
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: all
        namespace: shop
      spec:
        podSelector: {}
        ingress:
        - from:
          - namespaceSelector:
              matchLabels:
                name: monitoring
      """,
    good: """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: monitoring
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: all
        namespace: shop
      spec:
        podSelector: {}
        ingress:
        - from:
          - namespaceSelector:
              matchLabels:
                kubernetes.io/metadata.name: monitoring
      """,
    needs: [.namespaces]
  ) { scene in
    scene.policies.flatMap(\.effectiveRules).flatMap { rule in
      rule.peers.compactMap { index, peer -> Notice? in
        guard let selector = peer.namespaces, let (key, name) = scene.labelMeantAsName(selector) else {
          return nil
        }
        return Notice(
          "\(rule.words(ofPeer: index)) asks for namespaces `\(key)=\(name)`, and namespace `\(name)` has no such label",
          hint: "write `\(LabelSelector.namespaceNameLabel): \(name)`", on: rule.owner,
          at: rule.place(ofNamespacesOfPeer: index))
      }
    }
  }
}

extension Scene {
  /// The label of a selector that nobody has and that was meant as the name of a namespace.
  func labelMeantAsName(_ selector: LabelSelector) -> (key: String, name: String)? {
    for (key, values) in selector.wanted where Self.namesForNames.contains(key) {
      // Where any namespace has such a label, it is somebody's way of naming them.
      guard index.labelsOfNamespaces.values(of: key).isEmpty else { continue }
      if let name = values.first(where: { inventory.namespaces[$0] != nil }) { return (key, name) }
    }
    return nil
  }

  private static let namesForNames: Set<String> = [
    "kubernetes.io/metadata-name", "kubernetes.io/name", "metadata.name", "name", "namespace", "ns",
  ]
}
