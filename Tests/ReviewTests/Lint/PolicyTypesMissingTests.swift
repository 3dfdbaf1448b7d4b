import Testing

@testable import Review

@Suite("Directions that are left to a default are told")
struct PolicyTypesMissingTests {
  private func lines(_ spec: String) throws -> [String] {
    try LintScene(
      "kind: NetworkPolicy\nmetadata: {name: api, namespace: shop}\nspec:\n  podSelector: {}\n" + spec,
      rule: .policyTypesMissing
    )
    .lines
  }

  @Test("with what the default comes to")
  func found() throws {
    let alone = "3 policy-types-missing: `shop/api` has no `policyTypes`, and isolates ingress alone"
    #expect(try lines("  ingress: [{}]") == [alone])
    #expect(try lines("  policyTypes: []") == [alone])
    #expect(try lines("  policyTypes:") == [alone])
    #expect(
      try lines("  egress: [{}]")
        == [
          "3 policy-types-missing: `shop/api` has no `policyTypes`, and isolates both directions, because it has egress rules"
        ])
  }

  @Test("not where they are written, nor where an empty list is the worse fault")
  func notFound() throws {
    #expect(try lines("  policyTypes: [Ingress]") == [])
    #expect(try lines("  egress: []") == [])
  }

  @Test("also of a policy without any specification")
  func bare() throws {
    #expect(
      try LintScene("kind: NetworkPolicy\nmetadata: {name: api, namespace: shop}", rule: .policyTypesMissing)
        .lines
        == ["1 policy-types-missing: `shop/api` has no `policyTypes`, and isolates ingress alone"])
  }
}
