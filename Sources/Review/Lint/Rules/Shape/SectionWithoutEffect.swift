import Kubernetes

extension LintRule {
  /// Rules in a direction that the policy does not look at.
  static let sectionWithoutEffect = LintRule(
    "section-without-effect", .warning, "rules in a direction that `policyTypes` does not name",
    why: [
      """
      A policy looks only at the directions that its `policyTypes` name. Rules for another direction are taken without \
      a word and change nothing: they let nothing through that another policy closes, and close nothing either.
      """,
      """
      Before the direction is named, know what that does: the pods are then isolated in it, and all that no rule names \
      is cut.
      """,
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
        - Egress
        ingress:
        - from:
          - podSelector:
              matchLabels:
                app: web
          ports:
          - port: 8080
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
        - Egress
        ingress:
        - from:
          - podSelector:
              matchLabels:
                app: web
          ports:
          - port: 8080
      """
  ) { scene in
    scene.policies.flatMap { written -> [Notice] in
      let policy = written.policy
      return PolicyDirection.allCases.compactMap { direction in
        let rules = policy.rules(direction)
        guard !rules.isEmpty, !policy.isolates.covers(direction) else { return nil }
        let count =
          rules.count == 1 ? "1 \(direction.rawValue) rule" : "\(rules.count) \(direction.rawValue) rules"
        return Notice(
          "`\(policy.path)` has \(count) without effect: its `policyTypes` do not name `\(direction.policyType)`",
          hint: "add `\(direction.policyType)`, which cuts all that these rules do not name, or remove them",
          on: written, at: written.manifest.place("spec", .member(direction.rawValue)))
      }
    }
  }
}
