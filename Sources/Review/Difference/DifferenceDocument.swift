public import Documents
import Kubernetes
import Traffic

extension Difference {
  /// The difference for programs: one element for each pair, and one for each thing that was not decided.
  public var node: Node { .sequence(changes.map(\.node) + undecided.map(\.node)) }
}

extension Change {
  fileprivate var node: Node {
    .mapping([
      "change": .string(kind.rawValue), "from": .string(from), "to": .string(to),
      "before": .sequence(before.terms.map(Node.string)), "after": .sequence(after.terms.map(Node.string)),
      "cause": .sequence(causes.map(\.node)), "widens": .bool(widens), "symbolic": .bool(isSymbolic),
      "topology": .string(topology.rawValue), "family": family.map { .string($0.description) } ?? .null,
    ])
  }
}

extension Undecided {
  /// It may widen, and whoever counts on the opposite would be wrong.
  fileprivate var node: Node {
    .mapping([
      "change": .string("undecided"), "from": .null, "to": .null, "before": .sequence([]),
      "after": .sequence([]), "cause": .sequence(causes.map(\.node)), "widens": .bool(true),
      "symbolic": .bool(true), "topology": .string(Topology.none.rawValue),
      "family": .null,
      "reason": .string(reason.rawValue),
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
