import Kubernetes

extension LintRule {
  /// Namespaces that stay open for pods no policy picks.
  static let noDefaultDeny = LintRule(
    "no-default-deny", .warning, "a namespace in which no policy isolates all pods",
    why: [
      """
      A pod that no policy picks is open to everybody. Without a policy that picks all pods of the namespace and \
      isolates them, each new workload starts open, and so does one whose label was misspelt.
      """
    ],
    bad: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: api
        namespace: shop
      spec:
        podSelector:
          matchLabels:
            app: api
        policyTypes:
        - Ingress
        - Egress
      """,
    good: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: default-deny
        namespace: shop
      spec:
        podSelector: {}
        policyTypes:
        - Ingress
        - Egress
      """
  ) { scene in
    let byNamespace = Dictionary(grouping: scene.policies) { $0.policy.namespace }
    return byNamespace.sorted { $0.key < $1.key }.compactMap { namespace, policies in
      let isolated = Set(
        policies.filter { $0.policy.subject.isEverything }.flatMap { $0.policy.isolates.directions })
      let open = PolicyDirection.allCases.filter { !isolated.contains($0) }
      // It is about the namespace; where that is written nowhere, the first policy stands for it.
      guard !open.isEmpty, let first = policies.first else { return nil }
      let manifest = scene.manifest(ofNamespace: namespace) ?? first.manifest
      let directions = open.map(\.rawValue).joined(separator: " and ")
      return Notice(
        "in namespace `\(namespace)` no policy isolates all pods for \(directions)",
        hint: "add a policy with `podSelector: {}`, these `policyTypes`, and no rules", on: manifest)
    }
  }
}

extension Scene {
  /// The manifest of a namespace, where it is written.
  func manifest(ofNamespace name: String) -> Manifest? {
    manifests.first { $0.kind == "Namespace" && $0.name == name }
  }
}
