import Kubernetes

extension LintRule {
  /// Peers that are more than they seem to be.
  static let peerSelectsSeveralWorkloads = LintRule(
    "peer-selects-several-workloads", .info,
    "a peer whose `podSelector` names an application and picks several workloads of a namespace",
    why: [
      """
      The rule lets all of them through, though it reads as if it were about one. That is often meant, as for the parts \
      of one application; often a worker or a migration has merely copied the labels of what it belongs to, and may now \
      do what its neighbour may.
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
              app: api
      ---
      apiVersion: batch/v1
      kind: Job
      metadata:
        name: migrate
        namespace: shop
      spec:
        template:
          metadata:
            labels:
              app: api
              role: migration
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: stripe-proxy
        namespace: shop
      spec:
        podSelector:
          matchLabels:
            app: stripe-proxy
        ingress:
        - from:
          - podSelector:
              matchLabels:
                app: api
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
              app: api
      ---
      apiVersion: batch/v1
      kind: Job
      metadata:
        name: migrate
        namespace: shop
      spec:
        template:
          metadata:
            labels:
              app: migrate
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: stripe-proxy
        namespace: shop
      spec:
        template:
          metadata:
            labels:
              app: stripe-proxy
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: stripe-proxy
        namespace: shop
      spec:
        podSelector:
          matchLabels:
            app: stripe-proxy
        ingress:
        - from:
          - podSelector:
              matchLabels:
                app: api
      """,
    needs: [.pods]
  ) { scene in
    scene.policies.flatMap(\.podSelectors).flatMap { written -> [Notice] in
      guard written.peer != nil, NamingLabels.areAsked(by: written.selector) else { return [] }
      let crowd = Crowd(scene.picked(by: written), in: scene)
      return crowd.byNamespace.sorted { $0.key < $1.key }.compactMap { namespace, members in
        guard members.count > 1 else { return nil }
        let part = Crowd(members)
        return Notice(
          "\(written.words) picks \(members.count) workloads of `\(namespace)`: \(part.words)",
          hint: part.hint,
          on: written.owner, at: written.place)
      }
    }
  }
}
