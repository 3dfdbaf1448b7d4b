public import Documents
import Generator
import Kubernetes
import Traffic

/// How the answer to `why` is written as JSON.
public enum ExplanationDocument {
  /// The evidence, what policies say, and what to do.
  public static func node(_ explanation: Explanation) -> Node {
    let connection = explanation.connection
    let status = explanation.status
    return .mapping([
      "from": .string(connection.from), "to": .string(connection.to), "port": .integer(connection.port),
      "protocol": .string(connection.transport.name), "seen": .bool(!explanation.sightings.isEmpty),
      "edges": .sequence(explanation.sightings.map(sighted)),
      "spoofed": .sequence(explanation.spoofed.map(SpoofedDocument.node)),
      "window": StatusDocument.span(status.window), "recorded": StatusDocument.recorded(status),
      "recorders": .sequence(status.recorders.map { .string($0.name) }),
      "loss": StatusDocument.loss(status.loss),
      "gaps": .integer(status.gaps.count),
      "verdicts": .sequence(explanation.judgements.map(judgement)),
      "notes": .sequence((explanation.client.notes + explanation.server.notes).map { .string($0) }),
      "next": .sequence(explanation.next.map { .string($0) }),
    ])
  }

  private static func sighted(_ sighted: Explanation.Sighted) -> Node {
    let evidence = sighted.edge.evidence
    let members = EdgeDocument.wide(sighted.edge).mapping ?? []
    return Node(
      .mapping(
        members + [
          Node.Member("established", .integer(evidence.established)),
          Node.Member("hours", .integer(evidence.hours)),
          Node.Member("recorders", .sequence(sighted.recorders.map { .string($0) })),
        ]))
  }

  private static func judgement(_ judgement: Judgement) -> Node {
    let namespaces = if case .generated(let names) = judgement.source.kind { names } else { [String]() }
    return .mapping([
      "policies": .string(judgement.source.kind.name),
      "namespaces": .sequence(namespaces.map { .string($0) }),
      "hindrance": judgement.source.hindrance.map { .string($0) } ?? .null,
      "allowed": judgement.isAllowed.map { .bool($0) } ?? .null,
      "notes": .sequence(judgement.source.notes.map { .string($0) }),
      "pairs": .sequence(judgement.pairs.map(pair)),
    ])
  }

  private static func pair(_ pair: Judgement.Judged) -> Node {
    let ends = [
      Node.Member("from", .string(pair.client.description)),
      Node.Member("to", .string(pair.server.description)),
      Node.Member("port", .integer(pair.port)),
    ]
    guard let ruling = pair.ruling else {
      return Node(
        .mapping(
          ends + [
            Node.Member("allowed", .null), Node.Member("notes", .sequence([.string(pair.reason ?? "")])),
          ]))
    }
    let members = OutcomeDocument.members(ruling).filter { $0.key != "notes" }
    return Node(
      .mapping(ends + members + [Node.Member("notes", .sequence(pair.notes.map { .string($0) }))]))
  }
}
