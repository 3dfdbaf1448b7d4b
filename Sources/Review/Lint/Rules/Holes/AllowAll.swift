import Kubernetes
import Traffic

extension LintRule {
  /// Rules that undo what the policy is for.
  static let allowAll = LintRule(
    "allow-all", .warning, "a rule that lets everybody through on every port",
    why: [
      """
      An absent `from` or `to` means everybody, addresses outside the cluster included, and absent `ports` mean every \
      port: `- {}` opens all. Rules of all policies add up, so one such rule undoes every other policy about the same pods \
      in that direction. A rule for `namespaceSelector: {}` without ports does the same for all pods of the cluster.
      """
    ],
    bad: policy("- {}"),
    good: policy("- ports: [{port: 443}]")
  ) { scene in
    scene.policies.flatMap(\.effectiveRules).compactMap { rule in
      guard rule.rule.opensEveryPort, let everybody = rule.everybody else { return nil }
      let pods = rule.owner.policy.subject.isEverything ? "all pods of the namespace" : "its pods"
      let words =
        switch rule.direction {
        case .ingress: "lets \(everybody) reach \(pods) on every port"
        case .egress: "lets \(pods) reach \(everybody) on every port"
        }
      return Notice(
        "`\(rule.owner.policy.path)`, \(rule.words), \(words)",
        hint: "name the \(rule.direction == .ingress ? "peers or the ports that are open to them" : "peers")",
        on: rule.owner, at: rule.place)
    }
  }

  private static func policy(_ rule: String) -> String {
    """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: api
      namespace: shop
    spec:
      podSelector:
        matchLabels:
          app: api
      ingress:
      \(rule)
    """
  }
}

extension WrittenRule {
  /// Whom it lets through, in words, where that is about everybody.
  fileprivate var everybody: String? {
    guard case .only = rule.peers else { return "everybody" }
    guard peers.contains(where: { $0.peer.isEveryPod }) else { return nil }
    return peers.contains { $0.peer.isAnyAddress } ? "everybody" : "every pod of the cluster"
  }
}

extension Peer {
  /// Whether it is a block of all addresses of a family, or of half of them, as those write it who split it in two.
  var isAnyAddress: Bool {
    if case .block(let prefix, _) = self { prefix.length <= 1 } else { false }
  }
}
