public import Documents
import Kubernetes

extension Difference {
  /// The difference for programs: one element for each pair.
  public var node: Node { .sequence(changes.map(\.node)) }
}

extension Change {
  fileprivate var node: Node {
    .mapping([
      "change": .string(kind.rawValue), "from": .string(from), "to": .string(to),
      "before": .sequence(before.terms.map(Node.string)), "after": .sequence(after.terms.map(Node.string)),
      "cause": .sequence(causes.map(\.node)), "widens": .bool(widens),
    ])
  }
}

extension Change.Cause {
  fileprivate var node: Node {
    .mapping([
      "policy": .string(citation.policy), "rule": citation.rule.map { .integer($0) } ?? .null,
      "file": citation.origin.map { .string($0.file) } ?? .null,
      "line": citation.origin?.line.map { .integer($0) } ?? .null,
      "direction": .string(citation.direction.rawValue), "role": .string(role.rawValue),
    ])
  }
}
