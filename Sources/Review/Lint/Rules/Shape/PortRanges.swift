import Kubernetes
import Traffic

extension LintRule {
  /// Ranges of ports that are very large, or lie in each other.
  static let portRanges = LintRule(
    "port-range", .warning, "ports that are very many, or given twice in one rule",
    why: [
      """
      A rule for more than \(mostPorts) ports opens whatever the pods may listen on there some day. Mostly a few ports \
      were meant, or a slip of the finger made the range so long.
      """,
      """
      Ports of one rule that lie in each other are told because one of the two is not what somebody meant: what is \
      removed to close a port stays open by the other.
      """,
      """
      `endPort` is stable since Kubernetes 1.25. A network plugin that does not know it opens only the first port of a \
      range, so see whether yours does before you rely on a range.
      """,
    ],
    bad: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: ftp
        namespace: shop
      spec:
        podSelector:
          matchLabels:
            app: ftp
        policyTypes:
        - Ingress
        ingress:
        - ports:
          - port: 21
          - port: 2121
            endPort: 65535
          - port: 30000
      """,
    good: """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: ftp
        namespace: shop
      spec:
        podSelector:
          matchLabels:
            app: ftp
        policyTypes:
        - Ingress
        ingress:
        - ports:
          - port: 21
          - port: 30000
            endPort: 30099
      """
  ) { scene in
    scene.policies.flatMap { $0.effectiveRules.flatMap { $0.largeRanges + $0.portsGivenTwice } }
  }

  /// Enough for the ports that one server hands out to its sessions, and few enough to know them all.
  fileprivate static let mostPorts = 1000
}

extension WrittenRule {
  fileprivate var largeRanges: [Notice] {
    ports.compactMap { index, port in
      guard case .range(_, let range) = port, range.count > LintRule.mostPorts else { return nil }
      return Notice(
        "`\(owner.policy.path)`, \(words), opens `\(port)`: \(range.count) ports",
        hint: range == .whole
          ? "leave `port` and `endPort` out, if all are meant" : "name the ports that are needed",
        on: owner, at: place(ofPort: index))
    }
  }

  /// Each port that lies in another one; of two that are equal, the later.
  fileprivate var portsGivenTwice: [Notice] {
    // By protocol and first port, so that what holds a port stands before it.
    let spans = ports.compactMap { index, port in port.span.map { (index: index, port: port, span: $0) } }
      .sorted { one, other in
        (one.port.transport, one.span.first, other.span.last, one.index)
          < (other.port.transport, other.span.first, one.span.last, other.index)
      }
    var widest: (index: Int, port: PolicyPort, span: PortRange)?
    return spans.compactMap { next in
      guard let before = widest, before.port.transport == next.port.transport,
        before.span.contains(next.span.first)
      else {
        widest = next
        return nil
      }
      if next.span.last > before.span.last { widest = next }
      let relation: String =
        if before.span == next.span {
          "is given twice"
        } else if next.span.last <= before.span.last {
          "lies in `\(before.port)`"
        } else {
          "overlaps `\(before.port)`"
        }
      return Notice(
        "`\(owner.policy.path)`, \(words): `\(next.port)` \(relation)",
        hint: "write each port once", on: owner, at: place(ofPort: next.index))
    }
  }
}

extension PolicyPort {
  /// The numbers that it opens; nil for a name, which may be any.
  fileprivate var span: PortRange? {
    switch self {
    case .all: .whole
    case .range(_, let range): range
    case .named: nil
    }
  }
}
