import Kubernetes

extension LintRule {
  /// Rules that open nothing of their own.
  static let containedRule = LintRule(
    "contained-rule", .warning, "a rule that opens nothing that other rules of the policy do not open too",
    why: [
      """
      Rules only ever add, so a rule whose every way is opened by others does nothing. Mostly the other one is wider \
      than somebody thought: a rule without `from`, or with `namespaceSelector: {}`, makes all that was named with care \
      beside it useless. Or a rule was copied and the copy never changed.
      """,
      """
      It is found by what selectors, blocks and ports mean, whatever pods there are now; so a rule is found only where \
      no pod that may ever come tells the two apart.
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
        - Ingress
        ingress:
        - from:
          - podSelector:
              matchLabels:
                app: web
                tier: front
          ports:
          - port: 8080
        - from:
          - podSelector:
              matchLabels:
                app: web
          ports:
          - port: 8000
            endPort: 8100
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
                tier: front
          ports:
          - port: 8000
            endPort: 8100
        - from:
          - podSelector:
              matchLabels:
                app: web
          ports:
          - port: 8080
      """
  ) { scene in
    scene.policies.flatMap { written in
      written.policy.isolates.directions.flatMap { written.containedRules($0) }
    }
  }
}

extension PolicyManifest {
  /// The rules of a direction that could all be removed together, and nothing would close.
  fileprivate func containedRules(_ direction: PolicyDirection) -> [Notice] {
    var kept = rules(direction)
    // The last first, so that of two that are equal the copy goes.
    return kept.reversed().compactMap { candidate -> Notice? in
      let others = kept.filter { $0.index != candidate.index }
      let namespace = policy.namespace
      guard candidate.rule.isOpened(by: others.map(\.rule), in: namespace) else { return nil }
      kept = others
      let single = others.first { candidate.rule.isOpened(by: [$0.rule], in: namespace) }
      let opener = single.map { other in
        other.rule.isOpened(by: [candidate.rule], in: namespace)
          ? "opens just what \(other.words) opens" : "opens nothing that \(other.words) does not open too"
      }
      return Notice(
        "`\(policy.path)`, \(candidate.words), "
          + (opener ?? "opens nothing that other \(direction.rawValue) rules together do not open too"),
        hint: "remove it, or narrow what is wider than it should be", on: self, at: candidate.place)
    }
  }
}
