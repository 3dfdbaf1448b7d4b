public import Traffic

/// One direction of a pair of parties: what isolates, and which ports the rules open.
public struct Gate: Hashable, Sendable {
  /// The policies that isolate the deciding end; empty means that nothing does, and every port is open.
  public let isolatedBy: [Citation]
  /// The rules that name the other end, with the ports that each opens.
  public let openings: [Opening]

  /// A rule and what it opens.
  public struct Opening: Hashable, Sendable {
    /// The rule.
    public let rule: Citation
    /// The ports that it opens on the destination.
    public let ports: PortSet
  }

  /// Whether any policy decides here.
  public var isIsolated: Bool { !isolatedBy.isEmpty }

  /// All ports that are open.
  public var open: PortSet {
    isIsolated ? openings.reduce(.none) { $0.union($1.ports) } : .all
  }
}

extension PolicySet {
  /// All ports open between two parties.
  ///
  /// What a pod sends to its own address is always open, and two pods with one address are one pod. `areReplicas`
  /// says that the parties stand for two pods alike, whatever their addresses. `family` is the one asked about, else
  /// the first of `Party.families(to:)`.
  public func open(
    from source: Party, to destination: Party, over family: Family? = nil, areReplicas: Bool = false
  ) -> PortSet {
    open(
      from: standing(of: source), to: standing(of: destination), over: family, areReplicas: areReplicas)
  }

  /// All ports open between two parties whose standing in this set is known.
  public func open(
    from source: Standing, to destination: Standing, over family: Family? = nil, areReplicas: Bool = false
  ) -> PortSet {
    if !areReplicas, isOnePod(source.party, destination.party) { return .all }
    return PolicyDirection.allCases.reduce(.all) { open, direction in
      let crossing = Crossing(direction, from: source, to: destination, over: family)
      let isolators = crossing.subject.isolators(direction)
      guard !isolators.isEmpty, !open.isEmpty else { return open }
      return open.intersection(
        isolators.reduce(.none) { sum, index in
          policies[index].rules(direction).enumerated().reduce(sum) { sum, numbered in
            let (number, rule) = numbered
            guard match(rule.peers, index, rule: number, crossing) != .none else { return sum }
            return sum.union(crossing.resolve(rule.ports))
          }
        })
    }
  }

  /// One direction between two parties, with the policies and rules that decide.
  public func gate(
    _ direction: PolicyDirection, from source: Standing, to destination: Standing, over family: Family? = nil
  ) -> Gate {
    let crossing = Crossing(direction, from: source, to: destination, over: family)
    let isolators = crossing.subject.isolators(direction)
    let openings = isolators.flatMap { place in
      let policy = policies[place]
      return policy.rules(direction).enumerated().compactMap { index, rule -> Gate.Opening? in
        guard match(rule.peers, place, rule: index, crossing) != .none else { return nil }
        let citation = Citation(policy, direction, rule: index, rule)
        return Gate.Opening(rule: citation, ports: crossing.resolve(rule.ports))
      }
    }
    return Gate(isolatedBy: isolators.map { Citation(policies[$0], direction) }, openings: openings)
  }

  /// Whether both parties are one pod: no policy stands between a pod and itself.
  func isOnePod(_ one: Party, _ other: Party) -> Bool {
    guard one.selectable != nil, one.selectable == other.selectable else { return false }
    let (mine, theirs) = (one.addresses, other.addresses)
    return Family.allCases.contains { mine[$0] != nil && mine[$0] == theirs[$0] }
  }
}
