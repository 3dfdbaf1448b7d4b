import Testing

@testable import Review

@Suite("Selectors for pods in their node's network are found")
struct HostNetworkTests {
  private let agent = Manifests.pod("agent", in: "shop", "app: agent, kind: any", host: true)
  private let api = Manifests.pod("api", in: "shop", "app: api, kind: any")

  private func subject(_ subject: String, _ documents: String...) throws -> LintScene {
    try LintScene(
      Manifests.file([Manifests.policy("podSelector: \(subject)")], documents), rule: .hostNetwork)
  }

  private func peer(_ peer: String, _ documents: String...) throws -> [String] {
    try LintScene(Manifests.file([Manifests.peers("- \(peer)")], documents), rule: .hostNetwork).lines
  }

  @Test("as what a policy is about, only or besides others")
  func policies() throws {
    #expect(
      try subject("{matchLabels: {app: agent}}", agent, api).lines == [
        "4 host-network: `shop/p` is only about pods in their node's network, which no policy protects: Pod `agent`"
      ])
    #expect(
      try subject("{matchLabels: {kind: any}}", agent, api).lines == [
        "4 host-network: `shop/p` is also about pods in their node's network, which no policy protects: Pod `agent`"
      ])
  }

  @Test("as peers, where nobody else is picked")
  func peers() throws {
    let words =
      "7 host-network: `shop/p`, ingress rule 0, peer 0 picks only pods in their node's network, which selectors do not see: Pod `agent`"
    #expect(try peer("podSelector: {matchLabels: {app: agent}}", agent, api) == [words])
    let named = "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}"
    #expect(try peer(named, agent) == [words])
    #expect(try peer("namespaceSelector: {}\n  podSelector: {matchLabels: {app: agent}}", agent, api) == [])
  }

  @Test(
    "not policies for all pods, nor peers that pick others too, nor where pods have addresses of their own")
  func silent() throws {
    #expect(try subject("{}", agent, api).lines == [])
    #expect(try subject("{matchLabels: {app: api}}", agent, api).lines == [])
    #expect(try peer("podSelector: {matchLabels: {kind: any}}", agent, api) == [])
    #expect(try peer("podSelector: {}", agent, api) == [])
    #expect(
      try peer("namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}", agent, api) == [])
    #expect(try peer("podSelector: {matchLabels: {app: none}}", agent, api) == [])
    #expect(try peer("ipBlock: {cidr: 10.0.0.0/8}", agent) == [])
  }
}
