import Kubernetes

extension LintRule {
  /// Rules for whoever runs anything in the cluster.
  static let anyNamespace = LintRule(
    "any-namespace", .info, "an ingress rule that lets pods of every namespace in",
    why: [
      """
      `namespaceSelector: {}` is every namespace, also those that other people make tomorrow. For what serves the whole \
      cluster, such as DNS, it is right; else the namespaces that need it are better named, by \
      `kubernetes.io/metadata.name`.
      """,
      "Where the rule names no ports either, that is `allow-all`.",
    ],
    bad: policy("- namespaceSelector: {}"),
    good: policy(
      """
      - namespaceSelector:
              matchLabels:
                kubernetes.io/metadata.name: web
      """)
  ) { scene in
    scene.policies.flatMap(\.effectiveRules).flatMap { rule -> [Notice] in
      guard rule.direction == .ingress, !rule.rule.opensEveryPort else { return [] }
      return rule.peers.filter { $0.peer.isEveryPod }.map { index, _ in
        Notice(
          "`\(rule.owner.policy.path)`, \(rule.words), lets pods of every namespace in on \(rule.rule.ports)",
          hint: "name the namespaces, by `kubernetes.io/metadata.name`", on: rule.owner,
          at: rule.place(ofPeer: index))
      }
    }
  }

  private static func policy(_ peer: String) -> String {
    """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: api
      namespace: shop
    spec:
      podSelector:
        matchLabels:
          app: api
      ingress:
      - from:
        \(peer)
        ports:
        - port: 8080
    """
  }
}
