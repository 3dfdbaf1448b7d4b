import Documents
import Kubernetes

/// How what policies say is written as JSON, with the names that scripts rely on.
enum VerdictDocument {
  /// One side, with the rules that let it through or the one that comes nearest.
  static func side(_ side: Verdict.Side) -> Node {
    var (by, denied, nearest): ([Node], Node, Node) = ([], .null, .null)
    switch side {
    case .open: break
    case .allowed(let rules): by = rules.map(citation)
    case .denied(let denial):
      denied = .string(denial.cause.rawValue)
      nearest = denial.nearest.map(citation) ?? .null
    }
    return .mapping([
      "allowed": .bool(side.isAllowed), "isolated": .bool(side.isIsolated), "by": .sequence(by),
      "denied": denied, "nearest": nearest,
    ])
  }

  /// A rule or a policy, with its place.
  static func citation(_ citation: Citation) -> Node {
    .mapping([
      "policy": .string(citation.policy), "rule": citation.rule.map { .integer($0) } ?? .null,
      "file": citation.origin.map { .string($0.file) } ?? .null,
      "line": citation.origin?.line.map { .integer($0) } ?? .null,
    ])
  }
}
