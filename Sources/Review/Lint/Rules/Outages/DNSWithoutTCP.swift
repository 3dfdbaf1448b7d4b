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
    scene.policies.flatMap { written -> [Notice] in
      let policy = written.policy
      guard policy.isolates.covers(.egress) else { return [] }
      return written.rules(.egress).compactMap { rule in
        guard let place = rule.ports.first(where: { $0.port.opens(53, .udp) })?.index else { return nil }
        // Another rule, of this policy or another about the same pods, may open TCP for the same peers.
        let isAnswered = scene.policies.contains { other in
          other.policy.namespace == policy.namespace && other.policy.isolates.covers(.egress)
            && (other.policy.subject.isEverything || other.policy.subject == policy.subject)
            && other.policy.egress.contains { candidate in
              (candidate.peers == .anyone || candidate.peers == rule.rule.peers) && candidate.opens(53, .tcp)
            }
        }
        guard !isAnswered else { return nil }
        return Notice(
          "`\(policy.path)`, \(rule.words), lets DNS through over UDP but not over TCP",
          hint: "add `port: 53` with `protocol: TCP` beside it", on: written, at: rule.place(ofPort: place))
      }
    }
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
