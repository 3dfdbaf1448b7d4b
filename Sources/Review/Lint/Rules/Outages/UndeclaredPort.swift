import Kubernetes
import Traffic

extension LintRule {
  /// Numbers of ports that nobody speaks of.
  static let undeclaredPort = LintRule(
    "undeclared-port", .info, "a port that none of the pods declares and no Service leads to",
    why: [
      """
      Containers need not declare their ports, so this may well be right. But where every pod that a rule is about does \
      declare some, a number that is not among them is often one that was misspelt, or that the program no longer listens \
      on.
      """,
      "Ports that service meshes add to every pod are not looked at, nor are those that are probed or scraped.",
    ],
    bad: pod(opening: "8008"),
    good: pod(opening: "8080"),
    needs: [.pods]
  ) { scene in
    let services = ServiceIndex(scene.inventory)
    let annotations = ScrapeAnnotations(scene)
    return scene.policies.flatMap(\.effectiveRules).flatMap { rule -> [Notice] in
      let numbers = rule.ports.filter { $0.port.numbers != nil }
      guard !numbers.isEmpty, let targets = scene.targets(of: rule), !targets.includesAddresses,
        !targets.places.isEmpty
      else { return [] }
      let pods = targets.places.map { scene.looks[$0].traits }
      guard pods.allSatisfy({ !$0.ports.isEmpty }) else { return [] }
      let workloads = scene.workloads(of: targets.places)
      let asked = scene.probedPorts(of: workloads)
        .union(workloads.compactMap { annotations.workloads[$0]?.port })
      return numbers.compactMap { index, port in
        guard case .range(let transport, let range) = port,
          !pods.contains(where: { pod in
            pod.ports.contains { $0.transport == transport && range.contains($0.number) }
              || services.backends(on: pod).contains {
                $0.transport == transport && $0.target.map(range.contains) ?? false
              }
          }),
          !meshPorts.contains(where: range.contains), !asked.contains(where: range.contains),
          services.mistaken(port, for: pods) == nil
        else { return nil }
        return Notice(
          "`\(rule.owner.policy.path)`, \(rule.words), opens \(port), which no container of "
            + "\(workloads.words) declares and no Service leads to",
          hint: "see whether they listen there, and declare it at the container if they do", on: rule.owner,
          at: rule.place(ofPort: index))
      }
    }
  }

  /// What the proxies of Istio and Linkerd listen on in pods that they were added to, and no manifest says.
  private static let meshPorts: [UInt16] = [4143, 4190, 4191, 15006, 15008, 15020, 15021, 15090]

  private static func pod(opening port: String) -> String {
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
  /// The ports of these workloads' pods that the kubelet probes.
  func probedPorts(of workloads: [WorkloadID]) -> Set<UInt16> {
    Set(workloads.flatMap { inventory.pods(of: $0) }.flatMap { inventory.pods[$0].probes })
  }
}
