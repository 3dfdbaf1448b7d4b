import Testing

@testable import Review

@Suite("Two policies of one name are found")
struct DuplicatePolicyTests {
  private func policy(_ name: String, namespace: String? = "shop") -> String {
    let line = namespace.map { "\n  namespace: \($0)" } ?? ""
    return "kind: NetworkPolicy\nmetadata:\n  name: \(name)\(line)\nspec: {podSelector: {}}\n"
  }

  private func message(_ first: String) -> String {
    "duplicate-policy: `shop/api` is given twice, first at `\(first)`: only one of the two can be"
  }

  @Test("in one file and in two, each with the place of the one before")
  func found() throws {
    let twice = policy("api") + "---\n" + policy("api")
    #expect(
      try LintFolder.lines(["a.yaml": twice, "b.yaml": policy("api")], rule: .duplicatePolicy)
        == ["a.yaml:9 \(message("a.yaml:3"))", "b.yaml:3 \(message("a.yaml:9"))"])
    #expect(
      try LintFolder.lines(["x/a.yaml": policy("api"), "y/a.yaml": policy("api")], rule: .duplicatePolicy)
        == ["y/a.yaml:3 \(message("x/a.yaml:3"))"])
  }

  @Test("not those of two namespaces, and not where one says none that another is in")
  func namespaces() throws {
    #expect(
      try LintFolder.lines(
        ["a.yaml": policy("api"), "b.yaml": policy("api", namespace: "web")], rule: .duplicatePolicy)
        == [])
    #expect(
      try LintFolder.lines(
        ["a.yaml": policy("api"), "b.yaml": policy("api", namespace: nil)], rule: .duplicatePolicy)
        == [])
    #expect(
      try LintFolder.lines(
        ["a.yaml": policy("api"), "b.yaml": policy("api", namespace: nil)], rule: .duplicatePolicy,
        home: "shop"
      ).count == 1)
  }

  @Test("not a base and its overlay, and not a part that Kustomize merges in")
  func kustomized() throws {
    #expect(
      try LintFolder.lines(
        [
          "base/a.yaml": policy("api"), "base/kustomization.yaml": "resources: [a.yaml]",
          "prod/a.yaml": policy("api"), "prod/kustomization.yaml": "resources: [../base]",
        ], rule: .duplicatePolicy) == [])
    let patched = ["patches: [{path: p.yaml}]", "patchesStrategicMerge: [./p.yaml]"]
    for patch in patched {
      #expect(
        try LintFolder.lines(
          ["k/a.yaml": policy("api"), "k/kustomization.yaml": patch, "k/p.yaml": policy("api")],
          rule: .duplicatePolicy)
          == [])
    }
    #expect(
      try LintFolder.lines(
        [
          "k/a.yaml": policy("api"), "k/kustomization.yaml": "resources: [a.yaml]", "k/b.yaml": policy("api"),
        ],
        rule: .duplicatePolicy
      ).count == 1)
  }
}
