import Kubernetes
import Traffic

extension LintRule {
  /// Blocks of addresses that are the cluster's own.
  static let ipBlockOnPods = LintRule(
    "ip-block-on-pods", .warning, "a block with addresses of the cluster's own pods, Services or machines",
    why: [
      """
      A block is meant for what is outside. On pods, network plugins differ: with Calico or OVN-Kubernetes it matches \
      them, with Cilium it does not, and addresses of pods change. The address of a Service is translated before most \
      plugins look, so a block of it matches nothing. Machines are matched by most plugins, and by Cilium only where it \
      is told to.
      """,
      """
      Blocks as wide as a whole private network are not told, nor are the addresses of the API server and of the \
      cluster's DNS Service, which have no other way.
      """,
    ],
    bad: example("- ipBlock:\n        cidr: 10.244.0.0/16"),
    good: example("- podSelector:\n        matchLabels:\n          app: postgres"),
    needs: [.pods]
  ) { scene in
    let addresses = ClusterAddresses(scene.inventory)
    let services = ServiceIndex(scene.inventory)
    return scene.policies.flatMap(\.effectiveRules).flatMap { rule in
      rule.peers.compactMap { index, peer -> Notice? in
        guard case .block(let block, _) = peer, !peer.isBroadBlock else { return nil }
        let (words, hint): (String, String)
        if let pod = addresses.pod(in: peer) {
          words =
            "covers pods by \(block), such as `\(pod)`: on pods the network plugins differ, and Cilium ignores it"
          hint = "pick the pods by their labels"
        } else if let service = addresses.service(in: peer) {
          words =
            "covers Services by \(block), such as `\(service)`: mostly policies see the pod behind, and never match"
          hint = "pick the pods behind it by their labels, with the pods' port"
        } else if let machine = addresses.machine(in: peer), !scene.isForProbes(rule, addresses, services) {
          words =
            "covers machines by \(block), such as `\(machine)`: Cilium does not match machines by a block"
          hint = "see that the network plugin does; for pods of the host's network there is no other way"
        } else {
          return nil
        }
        return Notice(
          "`\(rule.owner.policy.path)`, \(rule.words), \(words)", hint: hint, on: rule.owner,
          at: rule.place(ofPeer: index))
      }
    }
  }

  private static func example(_ peer: String) -> String {
    """
    apiVersion: v1
    kind: Pod
    metadata:
      labels:
        app: postgres
      name: postgres
      namespace: shop
    status:
      podIP: 10.244.1.7
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: postgres
      namespace: shop
    spec:
      egress:
      - ports:
        - port: 53
          protocol: UDP
        - port: 53
          protocol: TCP
      - ports:
        - port: 5432
        to:
        \(peer)
      podSelector:
        matchLabels:
          app: postgres
      policyTypes: [Egress]
    """
  }
}
