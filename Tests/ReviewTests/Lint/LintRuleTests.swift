import Documents
import Kubernetes
import TestSupport
import Testing

@testable import Review

@Suite("Every lint rule keeps what its page says")
struct LintRuleTests {
  @Test("it finds something in its own bad example", arguments: LintRule.all.map(\.name))
  func bad(_ name: String) throws {
    let rule = try #require(LintRule.all.first { $0.name == name })
    let findings = try LintScene(rule.bad, rule: rule).lint.findings
    #expect(!findings.isEmpty)
    #expect(findings.allSatisfy { $0.place?.line != nil || rule.name == "unreadable-file" })
  }

  @Test("it finds nothing in its own good example", arguments: LintRule.all.map(\.name))
  func good(_ name: String) throws {
    let rule = try #require(LintRule.all.first { $0.name == name })
    let scene = try LintScene.scene(rule.good)
    #expect(scene.knowledge.isSuperset(of: rule.needs), "the good example must let the rule look")
    #expect(try LintScene(rule.good, rule: rule).lines == [])
  }

  @Test("no other rule finds an error in the good example", arguments: LintRule.all.map(\.name))
  func sound(_ name: String) throws {
    let rule = try #require(LintRule.all.first { $0.name == name })
    let errors = try LintScene(rule.good).lint.findings.filter { $0.severity == .error }
    #expect(errors.map { "\($0.rule): \($0.message)" } == [])
  }

  @Test("names, words and pages are in one style")
  func style() {
    let names = LintRule.all.map(\.name)
    #expect(Set(names).count == names.count)
    for rule in LintRule.all {
      #expect(
        rule.name.utf8.allSatisfy {
          $0 == UInt8(ascii: "-") || (97...122).contains($0) || (48...57).contains($0)
        })
      #expect(!rule.summary.hasSuffix("."))
      #expect(!rule.why.isEmpty)
      for example in [rule.bad, rule.good] {
        for line in example.split(separator: "\n") { #expect(line.count <= 100, "\(rule.name): \(line)") }
      }
    }
  }

  @Test("the pages in the repository are what the rules say", arguments: LintRule.all.map(\.name))
  func page(_ name: String) throws {
    let rule = try #require(LintRule.all.first { $0.name == name })
    expectGolden(rule.page, "docs/lint/\(name).md")
  }

  @Test("the list of pages names every rule")
  func index() { expectGolden(LintRule.index, "docs/lint/README.md") }

  @Test("every rule says nothing of an empty scene", arguments: LintRule.all.map(\.name))
  func empty(_ name: String) throws {
    let rule = try #require(LintRule.all.first { $0.name == name })
    #expect(try LintScene("", rule: rule).lines == [])
  }
}
