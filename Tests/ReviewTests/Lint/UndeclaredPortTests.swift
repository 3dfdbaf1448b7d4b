import Testing

@testable import Review

@Suite("A port that nobody speaks of is found")
struct UndeclaredPortTests {
  private func found(_ text: String) throws -> [String] { try LintScene(text, rule: .undeclaredPort).lines }
  private let api = Written.pod("api", ports: "{containerPort: 8080, name: http}")

  @Test("where all the pods declare others")
  func undeclared() throws {
    #expect(
      try found(Written.ingress("api", "{ports: [{port: 8088}]}") + api) == [
        "5 undeclared-port: `shop/api`, ingress rule 0, opens TCP/8088, which no container of `shop/api` declares and "
          + "no Service leads to"
      ])
    #expect(try found(Written.ingress("api", "{ports: [{port: 8080, protocol: UDP}]}") + api).count == 1)
    #expect(try found(Written.ingress("api", "{ports: [{port: 9000, endPort: 9010}]}") + api).count == 1)
  }

  @Test("not where one of the pods declares nothing, or somebody may mean an address")
  func silent() throws {
    let rule = Written.policy("all", "podSelector: {}, ingress: [{ports: [{port: 8088}]}]")
    #expect(try found(rule + api).count == 1)
    #expect(try found(rule + api + Written.pod("web")) == [])
    let peer = "to: [{podSelector: {}}, {ipBlock: {cidr: 192.0.2.0/24}}]"
    #expect(try found(Written.egress("web", "{\(peer), ports: [{port: 8088}]}") + api) == [])
    #expect(try found(Written.egress("web", "{ports: [{port: 8088}]}") + api + Written.cluster) == [])
  }

  @Test("not for what a Service leads to, what is probed, what a mesh adds, and what is a Service's port")
  func known() throws {
    let rule = Written.ingress("api", "{ports: [{port: 8088}]}")
    #expect(try found(rule + api + Written.service("api", ports: "{port: 80, targetPort: 8088}")) == [])
    #expect(try found(rule + api + Written.service("api", ports: "{port: 8088, targetPort: http}")) == [])
    let probed = api.replacing("name: main,", with: "name: main, livenessProbe: {tcpSocket: {port: 8088}},")
    #expect(try found(rule + probed) == [])
    #expect(try found(Written.ingress("api", "{ports: [{port: 15008}]}") + api) == [])
    let scraped = api.replacing(
      "labels:", with: "annotations: {prometheus.io/scrape: 'true', prometheus.io/port: '8088'}, labels:")
    #expect(try found(rule + scraped) == [])
  }

  @Test("not where the range holds a declared port")
  func range() throws {
    #expect(try found(Written.ingress("api", "{ports: [{port: 8000, endPort: 8100}]}") + api) == [])
  }
}
