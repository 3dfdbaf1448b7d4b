import Testing

@testable import Review

@Suite("Services that nobody can reach are found")
struct ServiceBlockedTests {
  private func found(_ text: String) throws -> [String] { try LintScene(text, rule: .serviceBlocked).lines }
  private let api = Written.pod("api", ports: "{containerPort: 8080, name: http}, {containerPort: 9090}")
  private let service = Written.service("api", ports: "{port: 80, targetPort: http}")

  @Test("at the Service, with the policy that isolates")
  func blocked() throws {
    #expect(
      try found(service + api + Written.ingress("api", "{ports: [{port: 80}]}")) == [
        "2 service-blocked: nobody can reach Service `shop/api`: `shop/api` isolates `shop/api`, and no rule opens 8080"
      ])
    let deny = Written.policy("deny", "podSelector: {}")
    #expect(try found(service + api + deny).count == 1)
  }

  @Test("not where one of its ports is open to anybody at all, by number, name or range")
  func open() throws {
    for ports in ["port: 8080", "port: http", "port: 8000, endPort: 9000", "protocol: TCP"] {
      #expect(try found(service + api + Written.ingress("api", "{ports: [{\(ports)}]}")) == [])
    }
    let peer = "{from: [{ipBlock: {cidr: 192.0.2.0/24}}], ports: [{port: 9090}]}"
    let two = Written.service(
      "api", ports: "{port: 80, targetPort: http, name: a}, {port: 81, targetPort: 9090, name: b}")
    #expect(try found(two + api + Written.ingress("api", peer)) == [])
  }

  @Test("not where one pod behind it is not isolated, or there is no pod")
  func unisolated() throws {
    let policy = Written.policy("api", "podSelector: {matchLabels: {version: a}}")
    let old = Written.labelled("old", "app: api, version: a", ports: "{containerPort: 8080, name: http}")
    #expect(try found(service + old + policy).count == 1)
    #expect(try found(service + old + api + policy) == [])
    #expect(try found(service + policy + Written.pod("web")) == [])
    #expect(try found(service + api + Written.egress("api", "{ports: [{port: 53}]}")) == [])
  }

  @Test("not for a Service without a selector, or to a name that the pods lack")
  func odd() throws {
    let deny = Written.policy("deny", "podSelector: {}")
    #expect(try found(service.replacing("{app: api}", with: "{}") + api + deny) == [])
    #expect(try found(service.replacing("targetPort: http", with: "targetPort: web") + api + deny) == [])
  }
}
