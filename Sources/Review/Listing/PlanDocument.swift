public import Documents
public import Generator
import Kubernetes

/// How policies and what is known of them are written as JSON.
public enum PlanDocument {
  /// The policies, the accounting and the proof.
  public static func node(_ learned: Learned, _ plan: Plan) -> Node {
    .mapping([
      "policies": .sequence(plan.policies.map { $0.policy.node(in: learned.options.dialect) }),
      "companions": .sequence(plan.companions.map { $0.policy.node(in: learned.options.dialect) }),
      "concerns": .sequence(plan.concerns.map(node)),
      "accounting": AccountingDocument.node(learned.accounting),
      "proof": .mapping([
        "holds": .bool(plan.proof.holds), "passing": .integer(plan.proof.passing),
        "exempt": .integer(plan.proof.exempt), "closed": .integer(plan.proof.closed),
        "openByDesign": .integer(plan.proof.openByDesign.count),
        "leftOpen": .integer(plan.proof.leftOpen), "cutByChoice": .integer(plan.proof.cutByChoice.count),
        "neededRules": .integer(plan.proof.neededRules),
        "baselineRules": .integer(plan.proof.baselineRules),
      ]),
    ])
  }

  private static func node(_ concern: Concern) -> Node {
    .mapping([
      "kind": .string(concern.kind.rawValue), "message": .string(concern.message),
      "detail": .sequence(concern.detail.map { .string($0) }),
      "hint": concern.hint.map { .string($0) } ?? .null,
    ])
  }
}
