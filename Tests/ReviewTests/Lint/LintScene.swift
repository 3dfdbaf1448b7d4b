import Documents
import Kubernetes
import Testing

@testable import Review

/// What lint finds in manifests written in a test.
struct LintScene {
  let lint: Lint

  /// Looks at one file, with all rules, or with one.
  ///
  /// `cluster` is what is known beside it.
  init(_ text: String, cluster: String = "", rule: LintRule? = nil, today: String = "2026-06-15") throws {
    let scene = try Self.scene(text, cluster: cluster, today: today)
    lint = Lint(scene, rules: rule.map { [$0] } ?? LintRule.all)
  }

  /// The findings as `line rule: message`, in order.
  var lines: [String] { lint.findings.map { "\($0.place?.line ?? 0) \($0.rule): \($0.message)" } }

  static func scene(_ text: String, cluster: String = "", today: String = "2026-06-15") throws -> Scene {
    let day = try #require(Day(today))
    let objects = try Document.read(Array(cluster.utf8)).compactMap { try ClusterObject.read($0) }
    let bytes = Array(text.utf8)
    do throws(DocumentError) {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let manifests = try Document.read(bytes).map { node in
        // A comment right above a document, `# kustomization.yaml`, names its file.
        let above = node.position.flatMap { $0.line > 1 ? lines[$0.line - 2] : nil } ?? ""
        let isName = above.hasPrefix("# ") && above.hasSuffix(".yaml")
        return Manifest(file: isName ? String(above.dropFirst(2)) : "a.yaml", node)
      }
      return Scene(manifests, cluster: objects, today: day)
    } catch {
      return Scene([], unreadable: [Scene.UnreadableFile(file: "a.yaml", error)], today: day)
    }
  }
}
