import Testing

@testable import Review

@Suite("DNS over UDP alone is found")
struct DNSWithoutTCPTests {
  private func lines(_ rules: String, more: String = "") throws -> [String] {
    try LintScene(
      """
      kind: NetworkPolicy
      metadata: {name: api, namespace: shop}
      spec:
        podSelector: {matchLabels: {app: api}}
        policyTypes: [Egress]
        egress:
      \(rules)
      \(more)
      """, rule: .dnsWithoutTCP
    ).lines
  }

  @Test("by itself, at the line of the port")
  func alone() throws {
    let found = try lines(
      "  - ports: [{port: 80}]\n  - ports:\n    - {port: 8080}\n    - {port: 53, protocol: UDP}")
    #expect(
      found == ["10 dns-without-tcp: `shop/api`, egress rule 1, lets DNS through over UDP but not over TCP"])
  }

  @Test("not where TCP stands beside it, in another rule for the same peers, or in a policy for all pods")
  func answered() throws {
    #expect(try lines("  - ports: [{port: 53, protocol: UDP}, {port: 53}]") == [])
    #expect(try lines("  - ports: [{port: 53, protocol: UDP}]\n  - ports: [{port: 50, endPort: 60}]") == [])
    #expect(try lines("  - ports: [{port: 53, protocol: UDP}]\n  - ports: [{}]") == [])
    let other =
      "---\nkind: NetworkPolicy\nmetadata: {name: dns, namespace: shop}\nspec: {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53}]}]}"
    #expect(try lines("  - ports: [{port: 53, protocol: UDP}]", more: other) == [])
  }

  @Test("also where TCP is let through to others, or by a policy about other pods")
  func unanswered() throws {
    let elsewhere =
      "  - ports: [{port: 53, protocol: UDP}]\n  - ports: [{port: 53}]\n    to: [{podSelector: {}}]"
    #expect(try lines(elsewhere).count == 1)
    let other =
      "---\nkind: NetworkPolicy\nmetadata: {name: dns, namespace: shop}\nspec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{ports: [{port: 53}]}]}"
    #expect(try lines("  - ports: [{port: 53, protocol: UDP}]", more: other).count == 1)
  }

  @Test("not where TCP goes to the same pods and more, by a named port, or where UDP ports are many")
  func covered() throws {
    let dns = "  - to: [{namespaceSelector: {matchLabels: {a: b}}, podSelector: {matchLabels: {c: d}}}]\n"
    let wider = "  - to: [{namespaceSelector: {matchLabels: {a: b}}}]\n"
    #expect(
      try lines(dns + "    ports: [{port: 53, protocol: UDP}]\n" + wider + "    ports: [{port: 53}]") == [])
    #expect(
      try lines(wider + "    ports: [{port: 53, protocol: UDP}]\n" + dns + "    ports: [{port: 53}]").count
        == 1)
    #expect(try lines("  - ports: [{port: 53, protocol: UDP}, {port: dns-tcp}]") == [])
    #expect(try lines("  - ports: [{protocol: UDP}]") == [])
    #expect(try lines("  - ports: [{port: 1, endPort: 10000, protocol: UDP}]") == [])
  }
}
