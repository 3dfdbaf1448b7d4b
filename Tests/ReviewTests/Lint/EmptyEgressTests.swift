import Testing

@testable import Review

@Suite("Empty lists that look like a closed door are found")
struct EmptyEgressTests {
  private func lines(_ spec: String, more: String = "") throws -> [String] {
    try LintScene(
      "kind: NetworkPolicy\nmetadata: {name: api, namespace: shop}\nspec:\n  podSelector: {matchLabels: {app: api}}\n\(spec)\n\(more)",
      rule: .emptyEgress
    ).lines
  }

  private let found =
    "5 empty-egress: `shop/api` has an empty `egress`, which looks closed: nothing isolates its pods for egress"

  @Test(
    "without policyTypes or beside those that name the other direction, written as a list or as nothing",
    arguments: [
      "  egress: []", "  egress:", "  egress: []\n  policyTypes: [Ingress]",
      "  egress: []\n  policyTypes: []",
    ])
  func egress(spec: String) throws {
    #expect(try lines(spec) == [found])
  }

  @Test("for ingress where only egress is isolated")
  func ingress() throws {
    #expect(
      try lines("  ingress: []\n  policyTypes: [Egress]").map { $0.prefix(52) }
        == ["5 empty-egress: `shop/api` has an empty `ingress`, w"])
  }

  @Test(
    "not where it does close, or where no list is written",
    arguments: [
      "  egress: []\n  policyTypes: [Egress]", "  ingress: []", "  policyTypes: [Ingress]", "  ingress: [{}]",
      "  egress: [{}]",
    ])
  func notFound(spec: String) throws {
    #expect(try lines(spec) == [])
  }

  @Test("not where another policy isolates at least the same pods in that direction")
  func closedElsewhere() throws {
    func other(_ spec: String, namespace: String = "shop") -> String {
      "---\nkind: NetworkPolicy\nmetadata: {name: other, namespace: \(namespace)}\nspec: {\(spec)}"
    }
    #expect(try lines("  egress: []", more: other("policyTypes: [Egress]")) == [])
    #expect(
      try lines(
        "  egress: []",
        more: other("policyTypes: [Egress], podSelector: {matchExpressions: [{key: app, operator: Exists}]}"))
        == [])
    #expect(try lines("  egress: []", more: other("policyTypes: [Ingress]")) == [found])
    #expect(try lines("  egress: []", more: other("policyTypes: [Egress]", namespace: "web")) == [found])
    #expect(
      try lines("  egress: []", more: other("policyTypes: [Egress], podSelector: {matchLabels: {app: web}}"))
        == [found])
  }
}
