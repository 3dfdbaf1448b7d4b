import Testing

@testable import Review

@Suite("Rules without effect are found")
struct SectionWithoutEffectTests {
  private func lines(_ spec: String, rule: LintRule = .sectionWithoutEffect) throws -> [String] {
    try LintScene(
      "kind: NetworkPolicy\nmetadata: {name: api, namespace: shop}\nspec:\n  podSelector: {}\n" + spec,
      rule: rule
    )
    .lines
  }

  @Test("at the line of the section, in either direction")
  func found() throws {
    #expect(
      try lines("  policyTypes: [Ingress]\n  egress:\n  - {}\n  - ports: [{port: 80}]")
        == [
          "6 section-without-effect: `shop/api` has 2 egress rules without effect: its `policyTypes` do not name `Egress`"
        ])
    #expect(
      try lines("  policyTypes: [Egress]\n  ingress: [{}]")
        == [
          "6 section-without-effect: `shop/api` has 1 ingress rule without effect: its `policyTypes` do not name `Ingress`"
        ])
  }

  @Test(
    "not where the direction is named, left to the default, or has no rule",
    arguments: [
      "  policyTypes: [Egress, Ingress]\n  ingress: [{}]\n  egress: [{}]", "  egress: [{}]",
      "  policyTypes: []\n  egress: [{}]",
      "  policyTypes: [Ingress]\n  egress: []", "  policyTypes: [Ingress]\n  egress:",
      "  policyTypes: [Ingress]",
      "  policyTypes: [Ingress, Ingress]\n  ingress: [{}]",
    ])
  func notFound(spec: String) throws {
    #expect(try lines(spec) == [])
  }
}
