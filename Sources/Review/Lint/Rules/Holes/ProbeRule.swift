import Kubernetes
import Traffic

extension LintRule {
  /// Rules for the kubelet, which needs none.
  static let probeRule = LintRule(
    "probe-rule", .info, "an ingress rule that lets machines in on a port that is only probed",
    why: [
      """
      What comes from a pod's own machine, as the kubelet's probes do, is always let through, so nothing needs a rule for \
      it. This one lets all other machines in too, and all that runs in their network. A few network plugins (kindnet \
      among them) had probes blocked; there the rule is right.
      """
    ],
    bad: example(withRule: true),
    good: example(withRule: false),
    needs: [.pods]
  ) { scene in
    let addresses = ClusterAddresses(scene.inventory)
    let services = ServiceIndex(scene.inventory)
    return scene.policies.flatMap(\.effectiveRules).compactMap { rule in
      guard scene.isForProbes(rule, addresses, services) else { return nil }
      return Notice(
        "`\(rule.owner.policy.path)`, \(rule.words), lets machines in on \(rule.rule.ports), which is only probed",
        hint: "remove the rule: a pod's own machine is always let in", on: rule.owner, at: rule.place)
    }
  }

  private static func example(withRule: Bool) -> String {
    let rule = """

        - from:
          - ipBlock:
              cidr: 192.168.7.0/24
          ports:
          - port: 8081
      """
    return """
      apiVersion: v1
      kind: Node
      metadata:
        name: node-a
      status:
        addresses:
        - address: 192.168.7.11
          type: InternalIP
      ---
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
          readinessProbe:
            httpGet:
              port: 8081
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
          - port: 8080\(withRule ? rule : "")
        podSelector:
          matchLabels:
            app: api
      """
  }
}

extension Scene {
  /// Whether a rule is there for nothing but probes: from machines alone, to ports that are probed and nothing more.
  func isForProbes(_ written: WrittenRule, _ addresses: ClusterAddresses, _ services: ServiceIndex) -> Bool {
    guard written.direction == .ingress, !written.peers.isEmpty, !written.ports.isEmpty,
      written.peers.allSatisfy({
        !$0.peer.isBroadBlock && addresses.machine(in: $0.peer) != nil && addresses.pod(in: $0.peer) == nil
      }), let targets = targets(of: written), !targets.places.isEmpty
    else { return false }
    return written.ports.allSatisfy { _, port in
      guard let range = port.numbers, range.count == 1, port.transport == .tcp else { return false }
      return targets.places.allSatisfy { place in
        probedPorts(of: [looks[place].workload]).contains(range.first)
          && !services.backends(on: looks[place].traits).contains { $0.target == range.first }
      }
    }
  }
}
