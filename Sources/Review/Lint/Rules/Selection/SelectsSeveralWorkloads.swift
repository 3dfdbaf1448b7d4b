import Kubernetes

extension LintRule {
  /// Policies about more than they seem to be about.
  static let selectsSeveralWorkloads = LintRule(
    "selects-several-workloads", .info,
    "a policy whose `podSelector` names an application and picks several workloads",
    why: [
      """
      What one of the workloads needs is open to and from all of them, and what isolates one isolates all. That is often \
      meant, as for the parts of one application; often a worker or a migration has merely copied the labels of what \
      it belongs to.
      """,
      """
      Selectors that leave a choice (`In` with several values, `NotIn`, `Exists`) and labels that name groups, as `tier` \
      or `app.kubernetes.io/part-of`, are meant to pick several workloads and are not told.
      """,
    ],
    bad: """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: api
        namespace: shop
      spec:
        template:
          metadata:
            labels:
              app: shop
              component: api
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: worker
        namespace: shop
      spec:
        template:
          metadata:
            labels:
              app: shop
              component: worker
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: api
        namespace: shop
      spec:
        podSelector:
          matchLabels:
            app: shop
      """,
    good: """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: api
        namespace: shop
      spec:
        template:
          metadata:
            labels:
              app: shop
              component: api
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: worker
        namespace: shop
      spec:
        template:
          metadata:
            labels:
              app: shop
              component: worker
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: api
        namespace: shop
      spec:
        podSelector:
          matchLabels:
            app: shop
            component: api
      """,
    needs: [.pods]
  ) { scene in
    scene.policies.compactMap { written in
      guard NamingLabels.areAsked(by: written.policy.subject) else { return nil }
      let crowd = Crowd(scene.picked(by: written.policy), in: scene)
      guard crowd.members.count > 1 else { return nil }
      return Notice(
        "`\(written.policy.path)` is about \(crowd.members.count) workloads: \(crowd.words)",
        hint: crowd.hint,
        on: written, at: written.manifest.place("spec", "podSelector"))
    }
  }
}
