import Kubernetes
import Traffic

extension LintRule {
  /// Doors to the machines and to the cluster's state, opened widely.
  static let sensitivePort = LintRule(
    "sensitive-port", .warning, "a port that gives away a machine or the cluster, opened to nearly everybody",
    why: [
      """
      Whoever reaches an etcd or a Docker daemon without a password owns all that it keeps. A rule that opens their ports \
      (2379, 2380, 2375, 2376) to everybody, to all namespaces or to a whole network is told in both directions.
      """,
      """
      The kubelet (10250, 10255) runs commands in any pod of its machine. It listens on machines and not in pods, so it is \
      told for `egress` only; many webhooks use the same number for themselves. What collects metrics from kubelets needs \
      it: policies about `metrics-server` or Prometheus are not told.
      """,
    ],
    bad: policy("0.0.0.0/0"),
    good: policy("10.20.0.4/32")
  ) { scene in
    scene.policies.flatMap(\.effectiveRules).flatMap { rule -> [Notice] in
      guard let who = rule.crowd, !(rule.direction == .egress && rule.owner.policy.collectsMetrics) else {
        return []
      }
      return rule.ports.compactMap { index, port in
        guard case .range(.tcp, let range) = port,
          let door = Door.all.first(where: { $0.isOn(rule.direction) && range.contains($0.port) })
        else { return nil }
        let words = rule.direction == .ingress ? "opens \(port) to \(who)" : "reaches \(port) of \(who)"
        return Notice(
          "`\(rule.owner.policy.path)`, \(rule.words), \(words): \(door.port) is \(door.name)",
          hint: "name the few peers that need it", on: rule.owner, at: rule.place(ofPort: index))
      }
    }
  }

  private static func policy(_ block: String) -> String {
    """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: etcd
      namespace: shop
    spec:
      podSelector:
        matchLabels:
          app: etcd
      ingress:
      - from:
        - ipBlock:
            cidr: \(block)
        ports:
        - port: 2379
    """
  }
}

/// A port whose owner can do a lot.
private struct Door {
  let port: UInt16
  let name: String
  let isInPods: Bool

  func isOn(_ direction: PolicyDirection) -> Bool { isInPods || direction == .egress }

  static let all = [
    Door(port: 2375, name: "the Docker daemon's", isInPods: true),
    Door(port: 2376, name: "the Docker daemon's", isInPods: true),
    Door(port: 2379, name: "etcd's", isInPods: true),
    Door(port: 2380, name: "etcd's", isInPods: true),
    Door(port: 10250, name: "the kubelet's", isInPods: false),
    Door(port: 10255, name: "the kubelet's", isInPods: false),
  ]
}

extension WrittenRule {
  /// Whom it lets through, in words, where these are too many to be meant.
  fileprivate var crowd: String? {
    guard case .only = rule.peers else { return "everybody" }
    for (_, peer) in peers {
      if peer.isEveryPod { return "every pod of the cluster" }
      // A wider block than a /16 is no list of machines.
      if case .block(let block, _) = peer, block.length < (block.isV4 ? 16 : 48) { return "\(block)" }
    }
    return nil
  }
}

extension NetworkPolicy {
  /// Whether it is about what asks kubelets for numbers, as its selector says.
  fileprivate var collectsMetrics: Bool {
    let values =
      subject.labels.values
      + subject.requirements.flatMap { requirement -> [String] in
        if case .isOneOf(let values) = requirement.test { Array(values) } else { [] }
      }
    return values.contains { $0.contains("metrics-server") || $0.contains("prometheus") }
  }
}
