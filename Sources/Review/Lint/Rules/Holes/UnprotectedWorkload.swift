import Kubernetes

extension LintRule {
  /// Workloads that every policy forgot.
  static let unprotectedWorkload = LintRule(
    "unprotected-workload", .warning,
    "a workload that no policy isolates, where the lack of a default is known and meant",
    why: [
      """
      Where a namespace has no default that isolates all pods, `no-default-deny` says so once, with the workloads that are \
      open. Where that finding is suppressed, because each workload has a policy of its own, this rule takes over: it tells \
      each workload that has none.
      """,
      "Pods in their node's network are left out, because no policy reaches them.",
    ],
    bad: example("other"),
    good: example("api"),
    needs: [.pods]
  ) { scene in
    let byNamespace = Dictionary(grouping: scene.policies) { $0.policy.namespace }
    return byNamespace.sorted { $0.key < $1.key }.flatMap { namespace, policies -> [Notice] in
      let open = PolicyDirection.allCases.filter { !policies.isolateAll($0) }
      guard !open.isEmpty, let manifest = scene.teller(ofNamespace: namespace, policies),
        manifest.suppression(of: noDefaultDeny.name, on: scene.today) != nil
      else { return [] }
      let inside = scene.looks.indices.filter {
        scene.looks[$0].traits.namespace == namespace && !scene.looks[$0].traits.usesHostNetwork
      }
      let byWorkload = Dictionary(grouping: inside) { scene.looks[$0].workload }
      return byWorkload.sorted { $0.key < $1.key }.compactMap { workload, places in
        let bare = open.filter { direction in
          places.contains { scene.standings[$0].isolators(direction).isEmpty }
        }
        guard !bare.isEmpty else { return nil }
        return Notice(
          "no policy isolates `\(workload)` for \(bare.map(\.rawValue).joined(separator: " or "))",
          hint: "add a policy whose `podSelector` picks its pods",
          on: scene.manifest(of: workload) ?? policies.first?.manifest)
      }
    }
  }

  private static func example(_ app: String) -> String {
    """
    apiVersion: v1
    kind: Namespace
    metadata:
      annotations:
        lint.netpol-learn/no-default-deny: "until 2999-01-31: each workload has its policy"
      name: shop
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: api
      namespace: shop
    spec:
      selector:
        matchLabels:
          app: api
      template:
        metadata:
          labels:
            app: api
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: other
      namespace: shop
    spec:
      selector:
        matchLabels:
          app: other
      template:
        metadata:
          labels:
            app: other
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: all
      namespace: shop
    spec:
      podSelector:
        matchExpressions:
        - key: app
          operator: In
          values: [\(app == "api" ? "api, other" : "other")]
      policyTypes: [Ingress, Egress]
    """
  }
}
