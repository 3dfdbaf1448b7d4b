import Kubernetes

extension LintRule {
  /// Services that lead to closed doors.
  static let serviceBlocked = LintRule(
    "service-blocked", .warning, "a Service that nobody at all can reach",
    why: [
      """
      All pods behind the Service are isolated for ingress, and no rule opens any of the ports that it leads to, to \
      anybody. Either a rule is missing, or it opens the wrong port, or nobody needs the Service any more.
      """
    ],
    bad: example("9090"),
    good: example("8080"),
    needs: [.pods, .services]
  ) { scene in
    let inside = Dictionary(
      grouping: scene.looks.indices.filter { !scene.looks[$0].traits.usesHostNetwork }
    ) { scene.looks[$0].traits.namespace }
    return scene.inventory.services.compactMap { service in
      let places = (inside[service.meta.namespace] ?? []).filter { service.picks(scene.looks[$0].traits) }
      guard let first = places.first else { return nil }
      var targets: Set<UInt16> = []
      for place in places {
        let isolators = scene.standings[place].isolators(.ingress)
        let pod = scene.looks[place].traits
        let behind = service.backends(on: pod).filter { $0.target != nil }
        guard !isolators.isEmpty, !behind.isEmpty else { return nil }
        let open = scene.rules(of: isolators, .ingress).map { $0.rule.opened(on: pod) }
        for backend in behind {
          guard let target = backend.target, !open.contains(where: { $0.contains(target, backend.transport) })
          else { return nil }
          targets.insert(target)
        }
      }
      guard let policy = scene.teller(scene.standings[first].isolators(.ingress)) else { return nil }
      let ports = targets.sorted().map(String.init).joined(separator: ", ")
      return Notice(
        "nobody can reach Service `\(service.name)`: `\(policy.policy.path)` isolates "
          + "\(scene.workloads(of: places).words), and no rule opens \(ports)",
        hint: "open the port to those who need it", on: scene.manifest(of: service) ?? policy.manifest)
    }
  }

  private static func example(_ port: String) -> String {
    """
    apiVersion: v1
    kind: Pod
    metadata:
      labels:
        app: api
      name: api
      namespace: shop
    spec:
      containers:
      - name: api
        ports:
        - containerPort: 8080
        - containerPort: 9090
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: api
      namespace: shop
    spec:
      ports:
      - port: 8080
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
        - podSelector: {}
        ports:
        - port: \(port)
      podSelector:
        matchLabels:
          app: api
    """
  }
}

extension Scene {
  /// The manifest in which a Service is written, where it is.
  fileprivate func manifest(of service: Service) -> Manifest? {
    manifests.first {
      $0.kind == "Service" && $0.name == service.meta.name
        && namespaces(of: $0).contains(service.meta.namespace)
    }
  }
}
