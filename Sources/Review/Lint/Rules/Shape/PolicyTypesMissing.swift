import Documents
import Kubernetes

extension LintRule {
  /// Directions that are left to a default.
  static let policyTypesMissing = LintRule(
    "policy-types-missing", .info, "a policy that leaves its directions to a default",
    why: [
      """
      Without `policyTypes` the API server fills in `Ingress`, and `Egress` too where there is an egress rule. So to add \
      the first egress rule, which looks as if it opened something, cuts everything else that the pods ask for; and to \
      remove the last one opens everything. Written out, neither happens by surprise.
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
        ingress:
        - from:
          - podSelector:
              matchLabels:
                app: web
      """,
    good: """
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
        ingress:
        - from:
          - podSelector:
              matchLabels:
                app: web
      """
  ) { scene in
    scene.policies.compactMap { written in
      let policy = written.policy
      let types = written.manifest.node[["spec", "policyTypes"]]
      guard types == nil || types?.isNull == true || types?.sequence?.isEmpty == true else { return nil }
      // An empty list of egress rules is worse, and another rule tells it.
      guard !written.hasEmptyList(.egress) else { return nil }
      let directions = policy.isolates.directions
      let words = directions.count == 1 ? "ingress alone" : "both directions, because it has egress rules"
      return Notice(
        "`\(policy.path)` has no `policyTypes`, and isolates \(words)",
        hint: "write `policyTypes: [\(directions.map(\.policyType).joined(separator: ", "))]`",
        on: written, at: written.manifest.place("spec"))
    }
  }
}
