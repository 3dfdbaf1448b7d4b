import Testing

@testable import Review

@Suite("Policies that change nothing are told")
struct ContainedPolicyTests {
  private func lines(_ specs: String..., namespaces: [String] = []) throws -> [String] {
    let documents = specs.enumerated().map { index, spec in
      "kind: NetworkPolicy\nmetadata: {name: p\(index), namespace: \(namespaces.isEmpty ? "shop" : namespaces[index])}\nspec: {\(spec)}\n"
    }
    return try LintScene(documents.joined(separator: "---\n"), rule: .containedPolicy).lines
      .map { $0.replacing("contained-policy: ", with: "") }
  }

  private let wide = "podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{ports: [{port: 80}]}]"
  private let narrow =
    "podSelector: {matchLabels: {app: api}}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}], ports: [{port: 80}]}]"

  @Test("with the policy that isolates and opens as much")
  func found() throws {
    #expect(
      try lines(narrow, wide) == [
        "1 `shop/p0` changes nothing: `shop/p1` isolates its pods too, and opens all that it opens"
      ])
    #expect(
      try lines(wide, narrow) == [
        "5 `shop/p1` changes nothing: `shop/p0` isolates its pods too, and opens all that it opens"
      ])
  }

  @Test("of two that are alike only the later, and of three two")
  func alike() throws {
    #expect(try lines(narrow, narrow).map { $0.prefix(11) } == ["5 `shop/p1`"])
    #expect(try lines(narrow, narrow, narrow).count == 2)
  }

  @Test("also where one isolates and another opens")
  func together() throws {
    let closed = "podSelector: {}, policyTypes: [Egress]"
    let both =
      "podSelector: {matchLabels: {app: api}}, policyTypes: [Ingress, Egress], ingress: [{ports: [{port: 80}]}]"
    let open = "podSelector: {}, policyTypes: [Ingress], ingress: [{}]"
    #expect(
      try lines(closed, both, open)
        == [
          "4 `shop/p1` changes nothing: other policies together isolate its pods too, and open all that it opens"
        ]
        .map { $0.replacing("4 ", with: "5 ") })
  }

  @Test("not where it isolates more, opens more, or is about other pods")
  func notFound() throws {
    #expect(try lines(wide.replacing("[Ingress, Egress]", with: "[Egress]"), narrow) == [])
    #expect(try lines(wide.replacing("80", with: "81"), narrow) == [])
    #expect(
      try lines(wide.replacing("podSelector: {}", with: "podSelector: {matchLabels: {app: web}}"), narrow)
        == [])
    #expect(try lines(wide, narrow, namespaces: ["web", "shop"]) == [])
  }

  @Test("not a closed door, which may be there for the day on which another policy goes")
  func closedDoor() throws {
    #expect(
      try lines(
        "podSelector: {}, policyTypes: [Egress]",
        "podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53}]}]") == [])
  }

  @Test("not with what another variant of Kustomize has")
  func variants() throws {
    let one = "kind: NetworkPolicy\nmetadata: {name: one, namespace: shop}\nspec: {\(narrow)}"
    let two = "kind: NetworkPolicy\nmetadata: {name: two, namespace: shop}\nspec: {\(wide)}"
    func told(_ kustomization: String) throws -> Int {
      try LintFolder.lines(
        ["base/a.yaml": one, "dev/b.yaml": two, "dev/kustomization.yaml": kustomization],
        rule: .containedPolicy
      ).count
    }
    #expect(try told("kind: Kustomization\nresources: [b.yaml]") == 0)
    #expect(try told("kind: ConfigMap") == 1)
  }
}
