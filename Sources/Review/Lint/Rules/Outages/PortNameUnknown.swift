import Kubernetes
import Traffic

extension LintRule {
  /// Names of ports that no pod has.
  static let portNameUnknown = LintRule(
    "port-name-unknown", .warning, "a port by a name that none of the pods declares",
    why: [
      """
      The name of a port in a rule is looked up in `containers[].ports` of the destination: of the pods that the policy \
      is about for `ingress`, of the peers for `egress`. Where none of them declares it for that protocol, nothing is \
      opened. The names of a Service's ports do not count.
      """
    ],
    bad: ports("web"),
    good: ports("http"),
    needs: [.pods]
  ) { scene in
    let services = ServiceIndex(scene.inventory)
    return scene.policies.flatMap(\.effectiveRules).flatMap { rule -> [Notice] in
      let names = rule.ports.filter { if case .named = $0.port { true } else { false } }
      guard !names.isEmpty, let targets = scene.targets(of: rule), !targets.places.isEmpty else { return [] }
      let pods = targets.places.map { scene.looks[$0].traits }
      return names.compactMap { index, port in
        guard case .named(let transport, let name) = port,
          pods.allSatisfy({ port.opened(on: $0).isEmpty })
        else { return nil }
        return Notice(
          "`\(rule.owner.policy.path)`, \(rule.words), opens \(transport) port `\(name)`, which none of "
            + "\(scene.workloads(of: targets.places).words) declares: nothing is opened",
          hint: hint(name, transport, pods, services), on: rule.owner, at: rule.place(ofPort: index))
      }
    }
  }

  private static func hint(
    _ name: String, _ transport: Transport, _ pods: [PodTraits], _ services: ServiceIndex
  ) -> String? {
    let declared = pods.flatMap(\.ports)
    if let other = declared.first(where: { $0.name == name && $0.transport != transport }) {
      return "the name is declared for \(other.transport): add `protocol: \(other.transport)`"
    }
    let backends = pods.flatMap(services.backends)
    if let backend = backends.first(where: { $0.name == name && $0.transport == transport }),
      let target = backend.targetName ?? backend.target.map({ "\($0)" }), target != name
    {
      return "`\(name)` is what Service `\(backend.service)` calls its port: write `port: \(target)`"
    }
    let names = Set(declared.filter { $0.transport == transport }.compactMap(\.name)).sorted()
    guard !names.isEmpty else { return "declare the name at the container's port, or write the number" }
    return "they declare \(names.prefix(5).map { "`\($0)`" }.joined(separator: ", "))"
  }

  private static func ports(_ name: String) -> String {
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
        - port: \(name)
      podSelector:
        matchLabels:
          app: api
    """
  }
}
