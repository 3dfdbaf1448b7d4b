import Kubernetes
import Traffic

/// Two participants, as places in their list.
struct Pair {
  let source: Int
  let destination: Int
}

/// One of the two sets of policies, with everybody's standing in it.
struct Side {
  let set: PolicySet
  private let standings: [Standing?]
  private let policies: [String: NetworkPolicy]

  /// A set among these parties; nil is a party that is not there on this side.
  init(_ set: PolicySet, _ parties: [Party?]) {
    self.set = set
    policies = Dictionary(set.policies.map { ($0.path, $0) }) { first, _ in first }
    standings = parties.map { $0.map(set.standing) }
  }

  /// The open ports; none where an end is not there.
  func open(_ pair: Pair, over family: Family?, areReplicas: Bool) -> PortSet {
    guard let source = standings[pair.source], let destination = standings[pair.destination] else {
      return .none
    }
    return set.open(from: source, to: destination, over: family, areReplicas: areReplicas)
  }

  /// What decides in one direction; nil where an end is not there.
  func gate(_ direction: PolicyDirection, _ pair: Pair, over family: Family?) -> Gate? {
    guard let source = standings[pair.source], let destination = standings[pair.destination] else {
      return nil
    }
    return set.gate(direction, from: source, to: destination, over: family)
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
}
