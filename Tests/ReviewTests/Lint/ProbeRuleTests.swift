import Testing

@testable import Review

@Suite("Rules for probes are found")
struct ProbeRuleTests {
  private func lint(_ text: String, _ rule: LintRule = .probeRule) throws -> [String] {
    try LintScene(text, rule: rule).lines
  }
  private let node =
    "---\nkind: Node\nmetadata: {name: node-a}\nstatus: {addresses: [{address: 192.168.7.11}]}\n"
  private let api = Written.pod("api", ports: "{containerPort: 8080}").replacing(
    "name: main,", with: "name: main, livenessProbe: {httpGet: {port: 8081}},")
  private func rule(_ port: Int, from peer: String = "{ipBlock: {cidr: 192.168.7.0/24}}") -> String {
    Written.ingress("api", "{from: [\(peer)], ports: [{port: \(port)}]}")
  }

  @Test("where machines alone are let in on a port that is only probed, and are told by one rule")
  func probed() throws {
    #expect(
      try lint(rule(8081) + api + node) == [
        "5 probe-rule: `shop/api`, ingress rule 0, lets machines in on TCP/8081, which is only probed"
      ])
    #expect(try lint(rule(8081) + api + node, .ipBlockOnPods) == [])
  }

  @Test("not for other ports, other peers, or a port that a Service leads to")
  func sound() throws {
    #expect(try lint(rule(8080) + api + node) == [])
    #expect(try lint(rule(8080) + api + node, .ipBlockOnPods).count == 1)
    #expect(try lint(rule(8081, from: "{podSelector: {}}") + api + node) == [])
    #expect(try lint(rule(8081, from: "{ipBlock: {cidr: 0.0.0.0/0}}") + api + node) == [])
    #expect(try lint(rule(8081, from: "{ipBlock: {cidr: 192.168.8.0/24}}") + api + node) == [])
    #expect(try lint(rule(8081) + api + node + Written.service("api", ports: "{port: 8081}")) == [])
    #expect(try lint(rule(8081) + api) == [])
  }
}
