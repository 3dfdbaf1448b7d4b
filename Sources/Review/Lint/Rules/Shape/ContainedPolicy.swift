import Kubernetes

extension LintRule {
  /// Policies that change nothing.
  static let containedPolicy = LintRule(
    "contained-policy", .info, "a policy that could be removed, and nothing would open or close",
    why: [
      """
      Every pod that it picks is isolated by other policies too, in the same directions, and they open all that it \
      opens. That is harmless as it stands, but whoever removes a rule here to close something closes nothing.
      """,
      """
      It is found by what selectors, blocks and ports mean, whatever pods there are now. Policies without rules are not \
      told: a closed door may well be there for the day on which another policy goes.
      """,
    ],
    bad: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: web
        namespace: shop
      spec:
        podSelector: {}
        policyTypes:
        - Ingress
        ingress:
        - ports:
          - port: 8080
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: web-to-api
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
          ports:
          - port: 8080
      """,
    good: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: closed
        namespace: shop
      spec:
        podSelector: {}
        policyTypes:
        - Ingress
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: web-to-api
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
          ports:
          - port: 8080
      """
  ) { scene in
    let byNamespace = Dictionary(grouping: scene.policies, by: \.policy.namespace)
    return byNamespace.sorted { $0.key < $1.key }.flatMap { _, policies in
      containedPolicies(of: policies, in: scene)
    }
  }

  /// Those of one namespace that could all be removed together.
  private static func containedPolicies(of policies: [PolicyManifest], in scene: Scene) -> [Notice] {
    var isKept = policies.map { _ in true }
    return policies.indices.reversed().compactMap { index -> Notice? in
      let policy = policies[index].policy
      guard !policies[index].effectiveRules.isEmpty else { return nil }
      let others = policies.indices.filter { other in
        other != index && isKept[other] && policies[other].policy.subject.contains(policy.subject)
          // Only one of two with one name can be: another rule tells that.
          && policies[other].policy.name != policy.name
          && scene.mayMeet(policies[index].manifest, policies[other].manifest)
      }.map { policies[$0].policy }
      guard !others.isEmpty, policy.isCovered(by: others) else { return nil }
      isKept[index] = false
      let opener = others.first { policy.isCovered(by: [$0]) }
      let words =
        opener.map { "`\($0.path)` isolates its pods too, and opens" }
        ?? "other policies together isolate its pods too, and open"
      return Notice(
        "`\(policy.path)` changes nothing: \(words) all that it opens",
        hint: "remove it, or narrow what is wider than it should be", on: policies[index])
    }
  }
}

extension NetworkPolicy {
  /// Whether policies for at least the same pods isolate in the same directions and open all that this one opens.
  fileprivate func isCovered(by others: [NetworkPolicy]) -> Bool {
    isolates.directions.allSatisfy { direction in
      let isolating = others.filter { $0.isolates.covers(direction) }
      guard !isolating.isEmpty else { return false }
      let openings = isolating.flatMap { $0.rules(direction) }
      return rules(direction).allSatisfy { $0.isOpened(by: openings, in: namespace) }
    }
  }
}
