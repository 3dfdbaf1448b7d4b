public import Traffic

/// A rule that lets a connection through on one side, and which of its peers and ports do so.
public struct Passage: Hashable, Sendable {
  /// The policy, by its place in the set.
  public let policy: Int
  /// The rule, by its place among those of its direction.
  public let rule: Int
  /// The peers that name the other end, by their places; none where the rule is for anyone.
  public let peers: [Int]
  /// The ports that hold the connection's, by their places; none where the rule is for every port.
  public let ports: [Int]
}

extension PolicySet {
  /// The rules that let a connection through in one direction, in order: those that `verdict` names.
  ///
  /// There are none where no policy isolates the deciding end, and none where it is isolated and nothing lets the
  /// connection through.
  public func passages(
    _ direction: PolicyDirection, from source: Standing, to destination: Standing, port: UInt16,
    transport: Transport, over family: Family? = nil
  ) -> [Passage] {
    let crossing = Crossing(direction, from: source, to: destination, over: family)
    var found: [Passage] = []
    for place in crossing.subject.isolators(direction) {
      let rules = policies[place].rules(direction)
      // By their places: to hold on to all of a rule costs more than what is asked of it.
      for number in rules.indices where crossing.covers(rules[number].ports, port, transport) {
        var (peers, ports): ([Int], [Int]) = ([], [])
        if case .only(let wanted) = rules[number].peers {
          peers = self.peers(of: wanted, place, rule: number, naming: crossing)
          if peers.isEmpty { continue }
        }
        if case .only(let wanted) = rules[number].ports {
          ports = wanted.indices.filter { crossing.covers(wanted[$0], port, transport) }
        }
        found.append(Passage(policy: place, rule: number, peers: peers, ports: ports))
      }
    }
    return found
  }
}
