import Kubernetes

extension LintRule {
  /// Policies of which only one can be.
  static let duplicatePolicy = LintRule(
    "duplicate-policy", .error, "two policies with one namespace and name",
    why: [
      """
      There can be only one object of a name. `kubectl apply` takes both without a word, and what it takes last takes \
      the place of the first: whatever that one isolated or let through is gone. Which is last depends on the names of \
      the files.
      """,
      """
      Files in different folders are not compared where Kustomize puts one of them together: a base and its overlays \
      may well have the same policy.
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
      ---
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
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: api-egress
        namespace: shop
      spec:
        podSelector:
          matchLabels:
            app: api
        policyTypes:
        - Egress
      """
  ) { scene in
    let groups = Dictionary(grouping: scene.policies.filter { !$0.policy.name.isEmpty }, by: \.policy.path)
    return groups.sorted { $0.key < $1.key }.flatMap { path, group in
      group.enumerated().compactMap { index, written -> Notice? in
        guard let earlier = group[..<index].last(where: { scene.mayMeet($0.manifest, written.manifest) })
        else {
          return nil
        }
        let first = earlier.manifest.place("metadata", "name")
        return Notice(
          "`\(path)` is given twice, first at `\(first)`: only one of the two can be",
          hint: "give one of them another name, or make them one policy", on: written,
          at: written.manifest.place("metadata", "name"))
      }
    }
  }
}
