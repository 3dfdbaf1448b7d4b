import Kubernetes

extension LintRule {
  /// Policies about nobody.
  static let selectsNothing = LintRule(
    "selects-nothing", .error, "a policy whose `podSelector` picks no pod",
    why: [
      """
      Such a policy protects nobody and lets nobody through: mostly its selector asks for a label of the Deployment \
      that the pods do not have, or for a value that was misspelt. Selectors look at the labels of pods, which come \
      from `spec.template.metadata.labels`.
      """,
      """
      Pods that are over count, so that the policy of a Job that runs at night is no finding by day.
      """,
      """
      That there is no such pod is sure where `--cluster` lists the pods of the namespace, or where the whole cluster is \
      known: only there it is an error. A repository often holds a part of a namespace's workloads, so with manifests \
      alone it is a warning, which says that no workload among them is meant. Where none of the namespace is known, \
      nothing is said.
      """,
    ],
    bad: """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        labels:
          name: api
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
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: api
        namespace: shop
      spec:
        podSelector:
          matchLabels:
            name: api
      """,
    good: """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        labels:
          name: api
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
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: api
        namespace: shop
      spec:
        podSelector:
          matchLabels:
            app: api
      """,
    needs: [.pods]
  ) { scene in
    scene.policies.compactMap { written in
      let policy = written.policy
      guard scene.knowsPods(of: policy.namespace),
        !scene.picksAnybody(policy.subject, in: [policy.namespace])
      else { return nil }
      let isSure = scene.knowsAllPods(of: policy.namespace)
      return Notice(
        "`\(policy.path)` picks \(scene.nobody(in: [policy.namespace])): none of `\(policy.namespace)` has `\(policy.subject)`",
        hint: scene.hint(for: policy.subject, in: [policy.namespace])
          ?? scene.namespace(withSuchPods: policy.subject).map {
            "`\($0)` has such pods: a policy is about pods of its own namespace only"
          }
          ?? (isSure
            ? "selectors look at the labels of pods, not at those of the workload that makes them"
            : "where its pods come from elsewhere, let `--cluster` list them"),
        on: written, at: written.manifest.place("spec", "podSelector"), severity: isSure ? nil : .warning)
    }
  }
}
