extension Rule {
  /// Whether others together open every way that this rule opens, whatever pods there may be; all are of one
  /// direction and of policies of this namespace.
  ///
  /// A yes is certain. A peer that only several others together hold counts as not held.
  public func isOpened(by others: some Sequence<Rule>, in namespace: String) -> Bool {
    let others = Array(others)
    guard let peers = peers.each else {
      return Self.holds(ports, others.filter { $0.peers == .anyone })
    }
    return peers.allSatisfy { peer in
      Self.holds(
        ports,
        others.filter { other in other.peers.each?.contains { $0.contains(peer, in: namespace) } ?? true })
    }
  }

  private static func holds(_ ports: Ports, _ rules: [Rule]) -> Bool {
    Ports.union(rules.map(\.ports))?.contains(ports) ?? false
  }
}
