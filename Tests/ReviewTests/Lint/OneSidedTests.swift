import Testing

@testable import Review

@Suite("Rules that the other end does not agree to are found")
struct OneSidedTests {
  private func found(_ text: String) throws -> [String] { try LintScene(text, rule: .oneSided).lines }
  private let pods = Written.pod("api") + Written.pod("web")
  private let toAPI = "{to: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 8080}]}"
  private let fromWeb = "{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 8080}]}"

  @Test("for egress, where the ingress of who is asked lets nothing in")
  func egress() throws {
    let closed = Written.ingress("api", "{from: [{podSelector: {matchLabels: {app: db}}}]}")
    #expect(
      try found(Written.egress("web", toAPI) + closed + pods) == [
        "5 one-sided: `shop/web`, egress rule 0, has no effect on TCP/8080: `shop/api` isolates `shop/api` for ingress, "
          + "and nothing lets `shop/web` in"
      ])
  }

  @Test("for ingress, where the egress of who asks lets nothing out")
  func ingress() throws {
    let closed = Written.egress("web", "{ports: [{port: 53, protocol: UDP}]}")
    #expect(
      try found(Written.ingress("api", fromWeb) + closed + pods) == [
        "5 one-sided: `shop/api`, ingress rule 0, has no effect on TCP/8080: `shop/web` isolates `shop/web` for egress, "
          + "and nothing lets them ask `shop/api`"
      ])
  }

  @Test("not where the other end is open, agrees, or agrees to a part of the ports or of the pods")
  func agrees() throws {
    let egress = Written.egress("web", toAPI)
    #expect(try found(egress + pods) == [])
    #expect(try found(egress + Written.ingress("api", fromWeb) + pods) == [])
    let part = Written.ingress("api", "{ports: [{port: 8080}]}")
    let wide = toAPI.replacing("{port: 8080}", with: "{port: 8000, endPort: 9000}")
    #expect(try found(Written.egress("web", wide) + part + pods) == [])
    let all = Written.policy(
      "all", "podSelector: {}, policyTypes: [Egress], egress: [{to: [{podSelector: {}}]}]")
    let closed = Written.ingress("api", "{from: [{podSelector: {matchLabels: {app: db}}}]}")
    #expect(try found(all + closed + pods) == [])
  }

  @Test("not where the rule leads outside too, or pods of a meant namespace are not known")
  func outside() throws {
    let closed = Written.policy("deny", "podSelector: {}")
    let block = "{to: [{podSelector: {matchLabels: {app: api}}}, {ipBlock: {cidr: 192.0.2.0/24}}]}"
    #expect(try found(Written.egress("web", block) + closed + pods) == [])
    #expect(try found(Written.egress("web", "{}") + closed + pods) == [])
    let away = "{to: [{namespaceSelector: {}, podSelector: {matchLabels: {app: api}}}]}"
    #expect(try found(Written.egress("web", away) + closed + pods) == [])
    #expect(try found(Written.egress("web", away) + closed + pods + Written.cluster).count == 1)
  }

  @Test("replicas of one workload are two pods, and a default that denies both keeps them apart")
  func replicas() throws {
    let peers = "{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 7000}]}"
    let deny = Written.policy("deny", "podSelector: {}, policyTypes: [Egress]")
    let placed = Written.pod("api", status: "{podIP: 10.0.0.7}")
    #expect(try found(Written.ingress("api", peers) + deny + placed).count == 1)
    #expect(try found(Written.ingress("api", peers) + placed) == [])
  }

  @Test("a name that no pod declares is another rule's business")
  func name() throws {
    let closed = Written.policy("deny", "podSelector: {}")
    let named = toAPI.replacing("port: 8080", with: "port: http")
    #expect(try found(Written.egress("web", named) + closed + pods) == [])
  }
}
