import Documents
import Kubernetes
import Testing

@testable import Review

/// What lint finds in manifests written in a test.
struct LintScene {
  let lint: Lint

  /// Looks at one file, with all rules, or with one.
  init(_ text: String, rule: LintRule? = nil, today: String = "2026-06-15") throws {
    let scene = try Self.scene(text, today: today)
    lint = Lint(scene, rules: rule.map { [$0] } ?? LintRule.all)
  }

  /// The findings as `line rule: message`, in order.
  var lines: [String] { lint.findings.map { "\($0.place?.line ?? 0) \($0.rule): \($0.message)" } }

  static func scene(_ text: String, today: String = "2026-06-15") throws -> Scene {
    let day = try #require(Day(today))
    let bytes = Array(text.utf8)
    do throws(DocumentError) {
      let manifests = try Document.read(bytes).map { Manifest(file: "a.yaml", $0) }
      return Scene(manifests, today: day)
    } catch {
      return Scene([], unreadable: [Scene.UnreadableFile(file: "a.yaml", error)], today: day)
    }
  }
}
