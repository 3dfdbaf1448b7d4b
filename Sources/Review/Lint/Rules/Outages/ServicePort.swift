import Kubernetes

extension LintRule {
  /// Rules for a port that only clients see.
  static let servicePort = LintRule(
    "service-port", .error, "a rule for the port of a Service, where the pods behind it listen on another",
    why: [
      """
      Policies see a connection after the Service has handed it to a pod, so the number in a rule is the pod's port: \
      the `targetPort` of the Service, and never its `port`. A rule for the port that clients dial lets nothing through, \
      on the side of the clients (`egress`) as on that of the pods (`ingress`).
      """
    ],
    bad: ports("80"),
    good: ports("8080"),
    needs: [.pods, .services]
  ) { scene in
    let services = ServiceIndex(scene.inventory)
    return scene.policies.flatMap(\.effectiveRules).flatMap { rule -> [Notice] in
      guard let targets = scene.targets(of: rule), !targets.includesAddresses else { return [] }
      return rule.ports.compactMap { index, port in
        let pods = targets.places.map { scene.looks[$0].traits }
        guard let backend = services.mistaken(port, for: pods), let target = backend.target else {
          return nil
        }
        let named = backend.targetName.map { " or `port: \($0)`" } ?? ""
        return Notice(
          "`\(rule.owner.policy.path)`, \(rule.words), opens \(port), the port of Service `\(backend.service)`, "
            + "but its pods listen on \(target)",
          hint: "write `port: \(target)`\(named): policies see the port of the pod", on: rule.owner,
          at: rule.place(ofPort: index))
      }
    }
  }

  private static func ports(_ port: String) -> String {
    """
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
        spec:
          containers:
          - name: api
            ports:
            - containerPort: 8080
              name: http
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: api
      namespace: shop
    spec:
      ports:
      - port: 80
        targetPort: http
      selector:
        app: api
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: api
      namespace: shop
    spec:
      ingress:
      - from:
        - podSelector:
            matchLabels:
              app: web
        ports:
        - port: \(port)
      podSelector:
        matchLabels:
          app: api
    """
  }
}

extension ServiceIndex {
  /// The Service whose port somebody wrote instead of the pods' own; nil where that is not what happened.
  ///
  /// It is only where clients of all these pods dial this number, and none of the pods can be seen to listen on it.
  func mistaken(_ port: PolicyPort, for pods: [PodTraits]) -> Backend? {
    guard case .range(let transport, let range) = port, range.count == 1, !pods.isEmpty,
      !pods.contains(where: { $0.declares(range.first, transport) })
    else { return nil }
    var first: Backend?
    for pod in pods {
      let behind = backends(on: pod).filter { $0.transport == transport }
      guard !behind.contains(where: { $0.target == range.first }),
        let meant = behind.first(where: { $0.port == range.first && $0.target != nil })
      else { return nil }
      first = first ?? meant
    }
    return first
  }
}
