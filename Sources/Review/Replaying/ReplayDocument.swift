public import Documents
import Generator
import Kubernetes

/// How a replay is written as JSON.
public enum ReplayDocument {
  /// Every edge with what the policies say of it, the sums, and how far each rule is needed.
  public static func node(_ replay: Replay) -> Node {
    .mapping([
      "accounting": AccountingDocument.node(replay.seen),
      "replay": .mapping([
        "edges": sums(replay, \.edges), "conversations": sums(replay, \.conversations),
      ]),
      "edges": .sequence(replay.outcomes.map(OutcomeDocument.node)),
      "notAsked": .sequence(
        replay.unasked.map { unasked in
          Node(
            .mapping(
              EdgeDocument.members(unasked.edge) + [
                Node.Member("cause", .string(unasked.cause.rawValue))
              ]))
        }),
      "rules": .sequence(replay.uses.map(use)),
      "unused": .sequence(replay.unused.map(part)),
      "idle": .sequence(replay.idle.map { VerdictDocument.citation(Citation($0, .ingress)) }),
    ])
  }

  private static func sums(_ replay: Replay, _ count: KeyPath<Accounting, Accounting.Count>) -> Node {
    .mapping([
      "seen": .integer(replay.seen[keyPath: count].seen),
      "asked": .integer(replay.asked[keyPath: count].seen),
      "passing": .integer(replay.passing[keyPath: count].seen),
      "blocked": .integer(replay.blocked[keyPath: count].seen),
      "notAsked": .integer(replay.notAsked[keyPath: count].seen),
    ])
  }

  private static func use(_ use: RuleUse) -> Node {
    .mapping([
      "rule": rule(use.citation), "edges": .integer(use.needed.edges),
      "conversations": .integer(use.needed.conversations),
      "quarantinedEdges": .integer(use.quarantined.edges), "effect": .bool(use.hasEffect),
    ])
  }

  private static func part(_ part: UnusedPart) -> Node {
    .mapping([
      "rule": rule(part.rule), "part": .string(part.part.kind), "words": .string(part.part.words),
      "remark": part.remark.map { .string($0) } ?? .null,
    ])
  }

  /// A rule counts within its direction, so that it is told too.
  private static func rule(_ citation: Citation) -> Node {
    let members = VerdictDocument.citation(citation).mapping ?? []
    return Node(
      .mapping(members + [Node.Member("direction", .string(citation.direction.rawValue))]))
  }
}
