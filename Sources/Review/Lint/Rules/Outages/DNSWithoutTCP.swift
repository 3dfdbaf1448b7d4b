import Kubernetes
import Traffic

extension LintRule {
  /// Names that resolve until an answer is long.
  static let dnsWithoutTCP = LintRule(
    "dns-without-tcp", .error, "DNS is let through over UDP but not over TCP",
    why: [
      """
      An answer that does not fit into a UDP packet is asked for again over TCP, so names with many addresses fail, and \
      only those: an outage that is hard to find. The default protocol of a port is TCP, so `port: 53` alone has the \
      opposite fault, and lets no UDP through.
      """
    ],
    bad: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: api
        namespace: shop
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress:
        - ports:
          - port: 53
            protocol: UDP
      """,
    good: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: api
        namespace: shop
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress:
        - ports:
          - port: 53
            protocol: UDP
          - port: 53
            protocol: TCP
      """
  ) { scene in
    let byNamespace = Dictionary(grouping: scene.policies) { $0.policy.namespace }
    return scene.policies.flatMap { written -> [Notice] in
      let policy = written.policy
      guard policy.isolates.covers(.egress) else { return [] }
      // Rules of this policy, and of others about at least the same pods, may open TCP to the same peers.
      let beside = (byNamespace[policy.namespace] ?? []).map(\.policy).filter {
        $0.isolates.covers(.egress) && $0.subject.contains(policy.subject)
      }.flatMap(\.egress)
      return written.rules(.egress).compactMap { rule in
        // Every UDP port, or many, may be meant for something else than names.
        guard let place = rule.ports.first(where: { $0.port.isNarrow && $0.port.opens(53, .udp) })?.index,
          let door = PortRange(53)
        else { return nil }
        let wanted = Rule(rule.rule.peers, .only(.range(.tcp, door)))
        guard !wanted.isOpened(by: beside, in: policy.namespace),
          !beside.contains(where: { $0.peers == rule.rule.peers && $0.namesTCP })
        else { return nil }
        return Notice(
          "`\(policy.path)`, \(rule.words), lets DNS through over UDP but not over TCP",
          hint: "add `port: 53` with `protocol: TCP` beside it", on: written, at: rule.place(ofPort: place))
      }
    }
  }
}

extension Rule {
  /// Whether it opens some port over TCP by a name, which may be that of DNS.
  fileprivate var namesTCP: Bool {
    guard case .only(let ports) = ports else { return false }
    return ports.contains { if case .named(.tcp, _) = $0 { true } else { false } }
  }
}

extension PolicyPort {
  /// Whether it is about few ports, so that each may be meant.
  fileprivate var isNarrow: Bool {
    if case .range(_, let range) = self { range.count <= 16 } else { false }
  }
}

extension PolicyPort {
  /// Whether it opens a port by its number.
  func opens(_ port: UInt16, _ transport: Transport) -> Bool {
    switch self {
    case .all(transport): true
    case .range(transport, let range): range.contains(port)
    case .all, .range, .named: false
    }
  }
}

extension Rule {
  /// Whether it opens a port by its number, to whomever.
  func opens(_ port: UInt16, _ transport: Transport) -> Bool {
    guard case .only(let ports) = ports else { return true }
    return ports.contains { $0.opens(port, transport) }
  }
}
