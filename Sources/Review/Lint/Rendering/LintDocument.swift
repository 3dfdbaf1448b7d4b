public import Documents
import Kubernetes

extension Lint {
  /// The findings for programs: one element for each, suppressed ones too.
  public var node: Node { .sequence(findings.map(\.node)) }
}

extension Finding {
  fileprivate var node: Node {
    .mapping([
      "rule": .string(rule), "severity": .string(severity.rawValue), "message": .string(message),
      "hint": hint.map { .string($0) } ?? .null, "object": object.map { .string($0) } ?? .null,
      "file": place.map { .string($0.file) } ?? .null,
      "line": place?.line.map { .integer($0) } ?? .null,
      "suppressed": suppression.map {
        .mapping(["until": .string($0.until.description), "reason": .string($0.reason)])
      } ?? .null,
    ])
  }
}
