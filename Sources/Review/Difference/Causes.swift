import Kubernetes
import Traffic

extension Change {
  /// The change of one pair between two sides, over a family or the one that it takes by itself; nil where both open
  /// the same.
  init?(
    _ pair: Pair, _ participants: [Participant], _ old: Side, _ new: Side, over family: Family? = nil,
    isSymbolic: Bool = false, topology: Topology = .none
  ) {
    // Possible ends are always two pods, also where they look alike.
    let areReplicas = isSymbolic || pair.source == pair.destination
    let was = old.open(pair, over: family, areReplicas: areReplicas)
    let now = new.open(pair, over: family, areReplicas: areReplicas)
    guard was != now else { return nil }
    self.init(
      from: participants[pair.source].name, to: participants[pair.destination].name, before: was, after: now,
      causes: Self.causes(
        pair, old, new, over: family, opens: now.subtracting(was), closes: was.subtracting(now)),
      isSymbolic: isSymbolic, topology: topology, family: family)
  }

  /// The rules and policies that make the difference.
  ///
  /// Each direction is looked at by itself, because only one of the two may have changed. Where a direction lets more
  /// through, it is for the rules that do so now, or for the policies that isolated and are gone; where it lets
  /// less through, the same with now and then exchanged.
  private static func causes(
    _ pair: Pair, _ old: Side, _ new: Side, over family: Family?, opens: PortSet, closes: PortSet
  ) -> [Change.Cause] {
    let causes = PolicyDirection.allCases.flatMap { direction in
      let (was, now) = (old.gate(direction, pair, over: family), new.gate(direction, pair, over: family))
      return decisive(in: now, against: (was, old), for: opens, .opens, .isolated)
        + decisive(in: was, against: (now, new), for: closes, .opened, .isolates)
    }
    return Set(causes).sorted()
  }

  /// What makes `wide` let through those of the ports that `narrow` does not.
  private static func decisive(
    in wide: Gate?, against narrow: (gate: Gate?, side: Side), for ports: PortSet, _ rule: Change.Role,
    _ policy: Change.Role
  ) -> [Change.Cause] {
    guard let wide else { return [] }
    let ports = ports.subtracting(narrow.gate?.open ?? .none)
    guard !ports.isEmpty else { return [] }
    guard wide.isIsolated else {
      return narrow.gate.map { narrow.side.isolators(of: $0) }?.map {
        Change.Cause(role: policy, citation: $0)
      } ?? []
    }
    return wide.openings.filter { !$0.ports.intersection(ports).isEmpty }
      .map { Change.Cause(role: rule, citation: $0.rule) }
  }
}
