import Kubernetes

/// The pods whose ports a rule speaks of: those that the policy is about for ingress, the peers for egress.
struct Targets {
  /// The places of their looks, in order.
  let places: [Int]
  /// Whether the rule leads to addresses too, which may have any port.
  let includesAddresses: Bool
}

extension Scene {
  /// Whose ports a rule speaks of; nil where some of these pods may not be known.
  func targets(of written: WrittenRule) -> Targets? {
    let namespace = written.owner.policy.namespace
    guard written.direction == .egress else {
      guard knowsPods(of: namespace) else { return nil }
      return Targets(places: picked(by: written.owner.policy), includesAddresses: false)
    }
    guard case .only(let peers) = written.rule.peers else {
      return knowsWholeCluster
        ? Targets(places: looks.indices.filter { !looks[$0].traits.usesHostNetwork }, includesAddresses: true)
        : nil
    }
    guard peers.allSatisfy({ knowsPods(of: $0, in: namespace) }) else { return nil }
    return Targets(
      places: Set(peers.flatMap { picked(by: $0, of: namespace) }).sorted(),
      includesAddresses: peers.contains(where: \.isBlock))
  }

  /// Whether every pod is known that a peer may pick, for a policy of this namespace.
  func knowsPods(of peer: Peer, in namespace: String) -> Bool {
    switch peer {
    case .pods: knowsPods(of: namespace)
    case .namespaces(let namespaces), .podsIn(let namespaces, _): knowsPods(ofAll: namespaces)
    case .block: true
    }
  }
}

extension Peer {
  /// Whether it is a block of addresses.
  var isBlock: Bool {
    if case .block = self { true } else { false }
  }

  /// Whether it is every pod of the cluster.
  var isEveryPod: Bool {
    switch self {
    case .namespaces(let namespaces): namespaces.isEverything
    case .podsIn(let namespaces, let pods): namespaces.isEverything && pods.isEverything
    case .pods, .block: false
    }
  }
}
