import Kubernetes
import TestSupport
import Traffic

/// A question that both evaluators answer.
struct Question: CustomStringConvertible {
  let source: World.Ends
  let destination: World.Ends
  let port: UInt16
  let transport: Transport
  var family: Family?

  var description: String {
    let over = family.map { " over \($0)" } ?? ""
    return "\(source.naive.name) to \(destination.naive.name) on \(port)/\(transport)\(over)"
  }

  /// What the module under test answers.
  func verdict(in world: World) -> Verdict {
    world.set.verdict(
      from: source.standing, to: destination.standing, port: port, transport: transport, over: family)
  }

  /// What is wrong with an answer: where it differs from the second evaluator's, or its reasons do not hold.
  func fault(of verdict: Verdict, in world: World) -> String? {
    let sides = world.naive.sides(
      from: source.naive, to: destination.naive, port: Int(port), protocol: transport.name,
      over: family?.description)
    guard let sides else {
      return verdict.notes == [.toItself] && verdict.isAllowed ? nil : "a pod and itself, and yet \(verdict)"
    }
    if verdict.notes.contains(.toItself) { return "no pod and itself, and yet \(verdict)" }
    guard verdict.isAllowed == (sides.egress.isAllowed && sides.ingress.isAllowed) else {
      return "\(verdict), expected \(sides)"
    }
    return Self.fault(of: verdict.egress, .egress, sides.egress, in: world.set)
      ?? Self.fault(of: verdict.ingress, .ingress, sides.ingress, in: world.set)
  }

  private static func fault(
    of side: Verdict.Side, _ direction: PolicyDirection, _ expected: NaiveEvaluator.Side, in set: PolicySet
  ) -> String? {
    switch side {
    case .open:
      return expected.isolatedBy.isEmpty ? nil : "\(direction) open, isolated by \(expected.isolatedBy)"
    case .allowed(let rules):
      let cited = rules.map { "\($0.policy) \($0.direction.rawValue) \($0.rule ?? -1)" }
      return cited == expected.opening && rules.allSatisfy { exists($0, in: set) }
        ? nil : "\(direction) allowed by \(cited), expected \(expected.opening)"
    case .denied(let denial):
      let isolating = denial.isolatedBy.map(\.policy)
      let isRight =
        !expected.isAllowed && denial.cause.rawValue == expected.cause && isolating == expected.isolatedBy
        && denial.isolatedBy.allSatisfy { $0.rule == nil && exists($0, in: set) }
        && (denial.nearest == nil) == (denial.cause == .noRule)
        && (denial.nearest.map { isolating.contains($0.policy) && exists($0, in: set) } ?? true)
      return isRight ? nil : "\(direction) denied for \(denial), expected \(expected)"
    }
  }

  /// Whether there is such a rule, or such a policy, where the citation says.
  private static func exists(_ citation: Citation, in set: PolicySet) -> Bool {
    set.policies.contains { policy in
      guard policy.path == citation.policy else { return false }
      guard let index = citation.rule else { return citation.origin == policy.origin }
      let rules = policy.rules(citation.direction)
      return rules.indices.contains(index) && citation.origin == (rules[index].origin ?? policy.origin)
    }
  }
}
