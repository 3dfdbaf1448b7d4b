public import Kubernetes

/// What two sets of policies do differently: not how they are written, but what they let through.
public struct Difference: Hashable, Sendable {
  /// The pairs for which different ports are open, in order; empty when the sets do the same.
  public let changes: [Change]

  /// The difference that a change from `before` to `after` makes among these parties.
  ///
  /// A workload is also compared with itself, as two of its pods.
  public init(from before: PolicySet, to after: PolicySet, among parties: [NamedParty]) {
    let old = Side(before, parties)
    let new = Side(after, parties)
    var changes: [Change] = []
    for source in parties.indices {
      for destination in parties.indices {
        guard parties[source].isSubject || parties[destination].isSubject else { continue }
        let pair = Pair(source: source, destination: destination)
        let (was, now) = (old.open(pair), new.open(pair))
        guard was != now else { continue }
        changes.append(
          Change(
            from: parties[source].name, to: parties[destination].name, before: was, after: now,
            causes: Self.causes(pair, old, new, opens: now.subtracting(was), closes: was.subtracting(now))))
      }
    }
    self.changes = changes.sorted()
  }

  /// Whether the sets do the same.
  public var isEmpty: Bool { changes.isEmpty }

  /// Whether anything becomes allowed that was not.
  public var widens: Bool { changes.contains(where: \.widens) }
}

/// Two parties, as places in the list of parties.
private struct Pair {
  let source: Int
  let destination: Int
}

/// One of the two sets, with every party's standing in it.
private struct Side {
  let set: PolicySet
  let standings: [Standing]
  private let policies: [String: NetworkPolicy]

  init(_ set: PolicySet, _ parties: [NamedParty]) {
    self.set = set
    policies = Dictionary(set.policies.map { ($0.path, $0) }) { first, _ in first }
    standings = parties.map { set.standing(of: $0.party) }
  }

  func open(_ pair: Pair) -> PortSet {
    set.open(
      from: standings[pair.source], to: standings[pair.destination],
      areReplicas: pair.source == pair.destination)
  }

  /// The policies to name for an isolation: the broadest, because they would do it without the others.
  ///
  /// A default-deny is named alone; without one, policies for all pods of the namespace; else all that isolate.
  func isolators(of gate: Gate) -> [Citation] {
    let widest = gate.isolatedBy.map(breadth).max()
    return gate.isolatedBy.filter { breadth($0) == widest }
  }

  private func breadth(_ citation: Citation) -> Int {
    guard let policy = policies[citation.policy], policy.subject.isEverything else { return 0 }
    return policy.rules(citation.direction).isEmpty ? 2 : 1
  }

  func gate(_ direction: PolicyDirection, _ pair: Pair) -> Gate {
    set.gate(direction, from: standings[pair.source], to: standings[pair.destination])
  }
}

extension Difference {
  /// The rules and policies that make the difference.
  ///
  /// Each direction is looked at by itself, because only one of the two may have changed. Where a direction lets more
  /// through, it is for the rules that do so now, or for the policies that isolated and are gone; where it lets
  /// less through, the same with now and then exchanged.
  private static func causes(
    _ pair: Pair, _ old: Side, _ new: Side, opens: PortSet, closes: PortSet
  ) -> [Change.Cause] {
    let causes = PolicyDirection.allCases.flatMap { direction in
      let (was, now) = (old.gate(direction, pair), new.gate(direction, pair))
      return decisive(in: now, against: (was, old), for: opens, .opens, .isolated)
        + decisive(in: was, against: (now, new), for: closes, .opened, .isolates)
    }
    return Set(causes).sorted()
  }

  /// What makes `wide` let through those of the ports that `narrow` does not.
  private static func decisive(
    in wide: Gate, against narrow: (gate: Gate, side: Side), for ports: PortSet, _ rule: Change.Role,
    _ policy: Change.Role
  ) -> [Change.Cause] {
    let ports = ports.subtracting(narrow.gate.open)
    guard !ports.isEmpty else { return [] }
    guard wide.isIsolated else {
      return narrow.side.isolators(of: narrow.gate).map { Change.Cause(role: policy, citation: $0) }
    }
    return wide.openings.filter { !$0.ports.intersection(ports).isEmpty }
      .map { Change.Cause(role: rule, citation: $0.rule) }
  }
}
