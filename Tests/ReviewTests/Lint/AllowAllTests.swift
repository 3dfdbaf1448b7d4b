import Testing

@testable import Review

@Suite("Rules that open everything are found")
struct AllowAllTests {
  private func found(_ text: String) throws -> [String] { try LintScene(text, rule: .allowAll).lines }

  @Test("in both directions, with what they are about")
  func everything() throws {
    #expect(
      try found(Written.ingress("api", "{}")) == [
        "5 allow-all: `shop/api`, ingress rule 0, lets everybody reach its pods on every port"
      ])
    #expect(
      try found(
        Written.policy("all", "podSelector: {}, policyTypes: [Egress], egress: [{ports: [], to: []}]")) == [
          "5 allow-all: `shop/all`, egress rule 0, lets all pods of the namespace reach everybody on every port"
        ])
  }

  @Test("also where all pods of the cluster or all ports are spelt out")
  func spelt() throws {
    let pods = "lets every pod of the cluster reach its pods on every port"
    for peer in ["namespaceSelector: {}", "namespaceSelector: {}, podSelector: {}"] {
      let found = try found(Written.ingress("api", "{from: [{\(peer)}]}"))
      #expect(found == ["5 allow-all: `shop/api`, ingress rule 0, \(pods)"])
    }
    let both = "{from: [{namespaceSelector: {}}, {ipBlock: {cidr: 0.0.0.0/0}}]}"
    #expect(try found(Written.ingress("api", both)).first?.contains("lets everybody") == true)
    let ports = "{ports: [{protocol: TCP}, {port: 1, endPort: 65535, protocol: UDP}]}"
    #expect(try found(Written.ingress("api", ports)).count == 1)
  }

  @Test("not where peers or ports are named, and not in a section without effect")
  func named() throws {
    for rule in [
      "{ports: [{port: 443}]}", "{ports: [{}]}", "{from: [{podSelector: {}}]}",
      "{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}]}",
      "{from: [{namespaceSelector: {matchLabels: {a: b}}}]}", "{ports: [{port: http}]}",
    ] {
      #expect(try found(Written.ingress("api", rule)) == [])
    }
    #expect(try found(Written.policy("a", "podSelector: {}, policyTypes: [Egress], ingress: [{}]")) == [])
    #expect(try found(Written.policy("a", "podSelector: {}, ingress: []")) == [])
  }
}
