/// Which peers of rules name the other end of a crossing.
extension PolicySet {
  /// A rule, by the places of its policy and of itself.
  struct RulePlace: Hashable {
    let policy: Int
    let direction: PolicyDirection
    let rule: Int
  }

  /// Indexes of the rules whose peers are many.
  static func indexes(of policies: [NetworkPolicy]) -> [RulePlace: PeerIndex] {
    var indexes: [RulePlace: PeerIndex] = [:]
    for (place, policy) in policies.enumerated() {
      for direction in PolicyDirection.allCases {
        for (number, rule) in policy.rules(direction).enumerated() {
          guard case .only(let peers) = rule.peers, peers.count >= PeerIndex.worthwhile else { continue }
          indexes[RulePlace(policy: place, direction: direction, rule: number)] = PeerIndex(peers)
        }
      }
    }
    return indexes
  }

  /// How the peers of a rule of a policy, both by their places, see the other end of a crossing.
  func match(_ peers: Peers, _ policy: Int, rule: Int, _ crossing: Crossing) -> Crossing.Match {
    let namespace = policies[policy].namespace
    guard case .only(let wanted) = peers, wanted.count >= PeerIndex.worthwhile else {
      return crossing.match(peers, in: namespace)
    }
    var best = Crossing.Match.none
    for place in candidates(among: wanted, policy, rule: rule, crossing) {
      best = max(best, crossing.match(wanted[place], in: namespace))
      if best == .full { break }
    }
    return best
  }

  /// The places of a rule's peers that name the other end of a crossing, in order.
  func peers(of wanted: OneOrMore<Peer>, _ policy: Int, rule: Int, naming crossing: Crossing) -> [Int] {
    let namespace = policies[policy].namespace
    return candidates(among: wanted, policy, rule: rule, crossing).filter {
      crossing.match(wanted[$0], in: namespace) != .none
    }
  }

  private func candidates(
    among wanted: OneOrMore<Peer>, _ policy: Int, rule: Int, _ crossing: Crossing
  ) -> [Int] {
    guard wanted.count >= PeerIndex.worthwhile else { return Array(wanted.indices) }
    let place = RulePlace(policy: policy, direction: crossing.direction, rule: rule)
    return indexes[place]?.candidates(for: crossing) ?? Array(wanted.indices)
  }
}
