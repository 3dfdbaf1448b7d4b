import Testing

@testable import Review

@Suite("Policies that do not say their namespace are told")
struct NamespaceMissingTests {
  private let policy = "kind: NetworkPolicy\nmetadata:\n  name: closed\nspec: {podSelector: {}}"
  private let message =
    "namespace-missing: `closed` does not say its namespace, and is taken for one of `default`"

  @Test("at the line of their metadata")
  func found() throws {
    #expect(try LintFolder.lines(["a.yaml": policy], rule: .namespaceMissing) == ["a.yaml:2 \(message)"])
    let empty = policy.replacing("  name: closed", with: "  name: closed\n  namespace: ''")
    #expect(try LintFolder.lines(["a.yaml": empty], rule: .namespaceMissing) == ["a.yaml:2 \(message)"])
  }

  @Test("not where they say it, or the reader said which is meant")
  func said() throws {
    let written = policy.replacing("  name: closed", with: "  name: closed\n  namespace: shop")
    #expect(try LintFolder.lines(["a.yaml": written], rule: .namespaceMissing) == [])
    #expect(try LintFolder.lines(["a.yaml": policy], rule: .namespaceMissing, home: "shop") == [])
  }

  @Test("not where Kustomize says it, beside them or from an overlay")
  func kustomized() throws {
    let beside = "kind: Kustomization\nnamespace: shop\nresources: [a.yaml]"
    #expect(
      try LintFolder.lines(["k/a.yaml": policy, "k/kustomization.yaml": beside], rule: .namespaceMissing)
        == [])
    #expect(
      try LintFolder.lines(["k/a.yaml": policy, "other/kustomization.yaml": beside], rule: .namespaceMissing)
        == ["k/a.yaml:2 \(message)"])
    // The kind may be left out, and overlays may stand on overlays.
    #expect(
      try LintFolder.lines(
        [
          "./base/a.yaml": policy, "./base/kustomization.yaml": "resources: [a.yaml]",
          "./middle/kustomization.yaml": "resources: [../base/]",
          "./prod/kustomization.yaml": "namespace: shop\nresources: [../middle]",
        ], rule: .namespaceMissing) == [])
    #expect(
      try LintFolder.lines(
        ["base/a.yaml": policy, "base/kustomization.yaml": "resources: [a.yaml, ../base]"],
        rule: .namespaceMissing)
        == ["base/a.yaml:2 \(message)"])
  }

  @Test("what Kustomize says is where the policy is")
  func effect() throws {
    let beside = "kind: Kustomization\nnamespace: shop\nresources: [a.yaml]"
    let found = try LintFolder.lines(
      ["k/a.yaml": policy, "k/kustomization.yaml": beside], rule: .policyTypesMissing)
    #expect(
      found == [
        "k/a.yaml:4 policy-types-missing: `shop/closed` has no `policyTypes`, and isolates ingress alone"
      ])
  }
}
