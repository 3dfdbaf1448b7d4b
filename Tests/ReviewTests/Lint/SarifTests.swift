import Documents
import Kubernetes
import TestSupport
import Testing

@testable import Review

@Suite("Findings are written for code hosts and programs")
struct SarifTests {
  private let text = """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      annotations:
        lint.netpol-learn/port-range: "until 2999-01-31: the media server hands them out"
      name: api
      namespace: shop
    spec:
      podSelector: {}
      policyTypes: [Ingress]
      ingress:
      - ports:
        - port: 20000
          endPort: 29999
      egress:
      - {}
    """

  private func lint(_ file: String, _ text: String, _ rules: [LintRule]) throws -> Lint {
    let manifests = try Document.read(Array(text.utf8)).map { Manifest(file: file, $0) }
    let today = try #require(Day("2026-06-15"))
    return Lint(Scene(manifests, unreadable: [try broken()], today: today), rules: rules)
  }

  /// A file of which no line is to blame.
  private func broken() throws -> Scene.UnreadableFile {
    do throws(DocumentError) {
      _ = try Document.read([0xFF, 0xFE, 0x61, 0x00])
    } catch {
      return Scene.UnreadableFile(file: "broken.yaml", error)
    }
    throw NoError()
  }

  private struct NoError: Error {}

  private func results(_ lint: Lint) throws -> [Node] {
    let run = try #require(lint.sarif(version: "0")["runs"]?.sequence?.first)
    return try #require(run["results"]?.sequence)
  }

  @Test("as they always were: open, suppressed and without a line")
  func golden() throws {
    let lint = try lint("manifests/api.yaml", text, [.portRanges, .sectionWithoutEffect, .unreadableFile])
    #expect(lint.findings.count == 3)
    expectGolden(
      JSON.write(lint.sarif(version: "0.1.0"), indented: true), "Tests/ReviewTests/Golden/lint.sarif")
    expectGolden(JSON.write(lint.node, indented: true), "Tests/ReviewTests/Golden/lint.json")
  }

  @Test(
    "files are named by URIs: relative ones from the sources' root, whatever is in their names",
    arguments: [
      ("a/b.yaml", "a/b.yaml", true), ("./a.yaml", "a.yaml", true),
      ("a b#c?.yaml", "a%20b%23c%3F.yaml", true),
      ("x:y.yaml", "x%3Ay.yaml", true), ("ä\u{1B}\n%.yaml", "%C3%A4%1B%0A%25.yaml", true), ("-", "-", true),
      ("/srv/a.yaml", "file:///srv/a.yaml", false), (".//a.yaml", "a.yaml", true),
      (".hidden/a.yaml", ".hidden/a.yaml", true),
    ])
  func files(file: String, uri: String, isRelative: Bool) throws {
    let found = try results(lint(file, text, [.sectionWithoutEffect]))
    let artifact = found.first?["locations"]?.sequence?.first?[["physicalLocation", "artifactLocation"]]
    #expect(artifact?["uri"]?.string == uri)
    #expect(artifact?["uriBaseId"]?.string == (isRelative ? "%SRCROOT%" : nil))
  }

  @Test("a finding is known again when lines move, and not when it is about something else")
  func fingerprints() throws {
    func prints(_ text: String, _ rules: LintRule...) throws -> [String] {
      try results(lint("a.yaml", text, rules)).compactMap {
        $0[["partialFingerprints", "netpolLearn/v1"]]?.string
      }
    }
    let original = try prints(text, .sectionWithoutEffect)
    #expect(original.count == 1 && original.allSatisfy { $0.utf8.count == 16 })
    #expect(try prints("# a line more\n\n" + text, .sectionWithoutEffect) == original)
    #expect(try prints(text.replacing("name: api", with: "name: web"), .sectionWithoutEffect) != original)
    #expect(try prints(text.replacing("  - {}", with: "  - {}\n  - {}"), .sectionWithoutEffect) != original)
    // The place of the first of two stands in the words.
    let twice = text + "\n---\n" + text
    #expect(try prints(twice, .duplicatePolicy).count == 1)
    #expect(try prints("# a line more\n" + twice, .duplicatePolicy) == prints(twice, .duplicatePolicy))
  }

  @Test("rules that could not look are not among those that did")
  func blind() throws {
    let lint = try lint("a.yaml", text, [.selectsNothing, .portRanges])
    let run = try #require(lint.sarif(version: "0")["runs"]?.sequence?.first)
    let names = run[["tool", "driver", "rules"]]?.sequence?.compactMap { $0["id"]?.string }
    #expect(names == ["port-range"])
  }
}
