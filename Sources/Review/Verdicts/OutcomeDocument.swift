import Documents
import Generator
import Kubernetes

/// How what policies say of an edge is written as JSON.
enum OutcomeDocument {
  /// The edge, and what each of its sides says.
  static func node(_ outcome: Outcome) -> Node {
    Node(.mapping(EdgeDocument.members(outcome.edge) + members(outcome.ruling)))
  }

  /// What the policies say, without the edge.
  static func members(_ ruling: Ruling) -> [Node.Member] {
    [
      Node.Member("allowed", .bool(ruling.isAllowed)),
      Node.Member("egress", side(ruling.verdict.egress)),
      Node.Member("ingress", side(ruling.verdict.ingress)),
      Node.Member("meetings", .integer(ruling.meetings)),
      Node.Member("passingMeetings", .integer(ruling.passing)),
      Node.Member("notes", .sequence(ruling.remarks.map { .string($0) })),
    ]
  }

  /// A side, and where it is denied who isolates.
  private static func side(_ side: Verdict.Side) -> Node {
    var isolators: [Node] = []
    if case .denied(let denial) = side { isolators = denial.isolatedBy.map(VerdictDocument.citation) }
    let members = VerdictDocument.side(side).mapping ?? []
    return Node(.mapping(members + [Node.Member("isolatedBy", .sequence(isolators))]))
  }
}
