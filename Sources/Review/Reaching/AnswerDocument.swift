public import Documents
import Kubernetes
import Traffic

/// How an answer is written as JSON: one object, with the names that scripts rely on.
public enum AnswerDocument {
  /// The answer; where several pairs of pods are meant, each of them too.
  public static func node(_ answer: Answer) -> Node {
    let question = answer.question
    let deciding = answer.deciding
    var members = [
      Node.Member("allowed", answer.isAllowed.map { .bool($0) } ?? .null),
      Node.Member("from", .string(question.from)),
      Node.Member("to", .string(question.to)),
      Node.Member("port", port(question.port)),
      Node.Member("protocol", .string(question.transport.name)),
      Node.Member("egress", deciding.map { VerdictDocument.side($0.verdict.egress) } ?? .null),
      Node.Member("ingress", deciding.map { VerdictDocument.side($0.verdict.ingress) } ?? .null),
      Node.Member("notes", .sequence(answer.notes.map { .string($0) })),
    ]
    if answer.parts.count > 1 {
      members.append(Node.Member("parts", .sequence(answer.parts.map(part))))
    }
    return Node(.mapping(members))
  }

  /// The answer to a line that is no question.
  public static func node(noQuestion words: String) -> Node {
    .mapping([
      "allowed": .null, "from": .null, "to": .null, "port": .null, "protocol": .null, "egress": .null,
      "ingress": .null, "notes": .sequence([.string(words)]),
    ])
  }

  private static func port(_ port: Question.Port) -> Node {
    switch port {
    case .number(let number): .integer(number)
    case .name(let name): .string(name)
    }
  }

  private static func part(_ part: Answer.Part) -> Node {
    .mapping([
      "allowed": .bool(part.verdict.isAllowed), "from": .string(part.source), "to": .string(part.destination),
      "port": .integer(part.port), "egress": VerdictDocument.side(part.verdict.egress),
      "ingress": VerdictDocument.side(part.verdict.ingress),
    ])
  }
}
