import Testing

@testable import Review

@Suite("Policies that expand to very many entries are told")
struct EnforcedEntriesTests {
  private func lines(
    _ rules: String, replicas: String = "replicas: 100", selector: String = "{}", more: String = ""
  ) throws -> [String] {
    try LintScene(
      """
      kind: Deployment
      apiVersion: apps/v1
      metadata: {name: web, namespace: shop}
      spec: {\(replicas), template: {metadata: {labels: {app: web}}}}
      ---
      kind: NetworkPolicy
      metadata: {name: web, namespace: shop}
      spec:
        podSelector: \(selector)
        policyTypes: [Ingress]
        ingress:
      \(rules)
      \(more)
      """, rule: .enforcedEntries
    ).lines
  }

  @Test("beyond ten thousand, with the rule that has most of them")
  func found() throws {
    #expect(
      try lines(
        "  - {from: [{podSelector: {}}]}\n  - {from: [{podSelector: {}}], ports: [{port: 80}, {port: 443}]}")
        == [
          "13 enforced-entries: `shop/web` expands to 30000 entries: 100 addresses it is about, and most of them by ingress rule 1"
        ])
  }

  @Test("not at ten thousand, for anybody, for pods elsewhere, or where no pods are picked")
  func notFound() throws {
    #expect(try lines("  - {from: [{podSelector: {}}]}") == [])
    #expect(try lines("  - {ports: [{port: 80}, {port: 81}]}") == [])
    #expect(
      try lines(
        "  - {from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: web}}}], ports: [{port: 1}, {port: 2}]}"
      ) == [])
    #expect(
      try lines(
        "  - {from: [{podSelector: {}}], ports: [{port: 1}, {port: 2}]}",
        selector: "{matchLabels: {app: api}}") == [])
  }

  @Test("blocks count once, and once more for each exception")
  func blocks() throws {
    let cuts = (0..<100).map { "10.0.\($0).0/24" }.joined(separator: ",")
    #expect(try lines("  - {from: [{ipBlock: {cidr: 10.0.0.0/8, except: [\(cuts)]}}]}").count == 1)
    #expect(try lines("  - {from: [{ipBlock: {cidr: 10.0.0.0/8}}]}") == [])
  }

  @Test("pods that run count by their addresses, and not by the replicas that were asked for")
  func running() throws {
    let pods = (0..<2).map { pod in
      "---\nkind: Pod\nmetadata: {name: web-\(pod), namespace: shop, labels: {app: web}, ownerReferences: [{kind: Deployment, name: web, controller: true}]}\nstatus: {podIPs: [{ip: 10.0.0.\(pod + 1)}, {ip: 'fd00::\(pod + 1)'}]}"
    }
    let rules = "  - {from: [{podSelector: {}}], ports: [{port: 1}, {port: 2}]}"
    #expect(try lines(rules).count == 1)
    #expect(try lines(rules, more: pods.joined(separator: "\n")) == [])
  }

  @Test("nonsense in place of replicas is no number of pods, and the largest of all is no overflow")
  func nonsense() throws {
    let rules = "  - {from: [{podSelector: {}}, {podSelector: {}}], ports: [{port: 1}, {port: 2}]}"
    #expect(try lines(rules, replicas: "replicas: many") == [])
    #expect(try lines(rules, replicas: "replicas: -5") == [])
    #expect(try lines(rules, replicas: "replicas: 9223372036854775807").count == 1)
  }
}
