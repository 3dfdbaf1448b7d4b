import Testing

@testable import Review

@Suite("Rules that open nothing of their own are found")
struct ContainedRuleTests {
  private func lines(_ rules: String) throws -> [String] {
    try LintScene(
      "kind: NetworkPolicy\nmetadata: {name: api, namespace: shop}\nspec:\n  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n"
        + rules, rule: .containedRule
    ).lines.map { $0.replacing("contained-rule: `shop/api`, ", with: "") }
  }

  @Test("at their line, with the rule that opens it all")
  func found() throws {
    #expect(
      try lines(
        "  - {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}]}\n  - {from: [{podSelector: {}}]}"
      )
        == ["7 ingress rule 0, opens nothing that ingress rule 1 does not open too"])
    #expect(
      try lines("  - {from: [{podSelector: {}}], ports: [{port: 80}]}\n  - {ports: [{port: 1, endPort: 90}]}")
        == ["7 ingress rule 0, opens nothing that ingress rule 1 does not open too"])
    #expect(
      try lines("  - {from: [{ipBlock: {cidr: 10.1.0.0/16}}]}\n  - {from: [{ipBlock: {cidr: 10.0.0.0/8}}]}")
        == ["7 ingress rule 0, opens nothing that ingress rule 1 does not open too"])
  }

  @Test("of equal ones the later, however they are written")
  func equal() throws {
    #expect(
      try lines(
        "  - {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}]}\n"
          + "  - {ports: [{port: 80, protocol: TCP}], from: [{podSelector: {matchExpressions: [{key: app, operator: In, values: [web]}]}}]}"
      )
        == ["8 ingress rule 1, opens just what ingress rule 0 opens"])
    #expect(try lines("  - {}\n  - {}\n  - {}").count == 2)
  }

  @Test("also where two others open it together")
  func together() throws {
    #expect(
      try lines(
        "  - {ports: [{port: 80}]}\n  - {ports: [{port: 443}]}\n  - {ports: [{port: 443}, {port: 80}]}")
        == [
          "9 ingress rule 2, opens nothing that other ingress rules together do not open too"
        ])
  }

  @Test(
    "not where anybody could tell them apart",
    arguments: [
      // Narrower in peers, wider in ports.
      "  - {from: [{podSelector: {matchLabels: {app: web}}}]}\n  - {from: [{podSelector: {}}], ports: [{port: 80}]}",
      // A name may be any number, and an absent label is in no list.
      "  - {ports: [{port: http}]}\n  - {ports: [{port: 1, endPort: 65534}]}",
      "  - {from: [{podSelector: {matchExpressions: [{key: a, operator: NotIn, values: [x]}]}}]}\n  - {from: [{podSelector: {matchExpressions: [{key: a, operator: Exists}]}}]}",
      // Pods nearby are no pods of a namespace that may not have the label.
      "  - {from: [{podSelector: {}}]}\n  - {from: [{namespaceSelector: {matchLabels: {team: a}}}]}",
      // Addresses are nobody's pods here, and IPv4 is not IPv6.
      "  - {from: [{podSelector: {}}]}\n  - {from: [{ipBlock: {cidr: 0.0.0.0/0}}]}",
      "  - {from: [{ipBlock: {cidr: '::/0'}}]}\n  - {from: [{ipBlock: {cidr: 0.0.0.0/0}}]}",
      "  - {from: [{ipBlock: {cidr: 10.0.0.0/8}}]}\n  - {from: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.1.0.0/16]}}]}",
      // Every protocol is more than TCP, UDP and SCTP.
      "  - {from: [{podSelector: {}}]}\n  - {from: [{podSelector: {}}], ports: [{}, {protocol: UDP}, {protocol: SCTP}]}",
    ])
  func notFound(rules: String) throws {
    // The wider of the two holds the other in the last case alone.
    let found = try lines(rules)
    #expect(found.filter { $0.hasPrefix("7 ") } == [])
  }
}
