import Documents
import Kubernetes
import Testing

@testable import Review

/// What lint finds in several files written in a test, as `file:line rule: message`.
enum LintFolder {
  static func lines(
    _ files: KeyValuePairs<String, String>, rule: LintRule, home: String? = nil
  ) throws -> [String] {
    let manifests = try files.flatMap { try Self.manifests($0.key, $0.value) }
    let scene = Scene(manifests, home: home, today: try #require(Day("2026-06-15")))
    return Lint(scene, rules: [rule]).findings.map { finding in
      "\(finding.place?.description ?? "nowhere") \(finding.rule): \(finding.message)"
    }
  }

  static func manifests(_ file: String, _ text: String) throws -> [Manifest] {
    try Document.read(Array(text.utf8)).map { Manifest(file: file, $0) }
  }
}
