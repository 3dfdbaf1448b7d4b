import Testing

@testable import Review

@Suite("A Service's port in a rule is found")
struct ServicePortTests {
  private let api = Written.pod("api", ports: "{containerPort: 8080, name: http}")
  private let service = Written.service("api", ports: "{port: 80, targetPort: http}")

  private func found(_ text: String) throws -> [String] { try LintScene(text, rule: .servicePort).lines }

  @Test("for ingress, at the line of the port")
  func ingress() throws {
    let policy = """
      kind: NetworkPolicy
      metadata: {name: api, namespace: shop}
      spec:
        podSelector: {matchLabels: {app: api}}
        ingress:
        - ports:
          - port: 8080
          - port: 80

      """
    let scene = try LintScene(policy + api + service, rule: .servicePort)
    #expect(
      scene.lines == [
        "8 service-port: `shop/api`, ingress rule 0, opens TCP/80, the port of Service `shop/api`, "
          + "but its pods listen on 8080"
      ])
    #expect(
      scene.lint.findings[0].hint
        == "write `port: 8080` or `port: http`: policies see the port of the pod")
  }

  @Test("for egress, with the pods that are asked")
  func egress() throws {
    let peer = "to: [{podSelector: {matchLabels: {app: api}}}]"
    #expect(
      try found(Written.egress("web", "{\(peer), ports: [{port: 80}]}") + api + service).count == 1)
    #expect(try found(Written.egress("web", "{\(peer), ports: [{port: 8080}]}") + api + service) == [])
    // The pods of another namespace are not known, so some of them may listen there.
    let elsewhere =
      "to: [{podSelector: {matchLabels: {app: api}}}, {namespaceSelector: {}}], ports: [{port: 80}]"
    #expect(try found(Written.egress("web", "{\(elsewhere)}") + api + service) == [])
    // Addresses have ports of their own.
    let outside =
      "to: [{podSelector: {matchLabels: {app: api}}}, {ipBlock: {cidr: 192.0.2.0/24}}], ports: [{port: 80}]"
    #expect(try found(Written.egress("web", "{\(outside)}") + api + service) == [])
  }

  @Test("not where a pod does listen there, for another protocol, in a range, or without such a Service")
  func sound() throws {
    let rule = Written.ingress("api", "{ports: [{port: 80}]}")
    let both = Written.pod("api", ports: "{containerPort: 8080, name: http}, {containerPort: 80}")
    #expect(try found(rule + both + service) == [])
    #expect(try found(rule + api) == [])
    let same = Written.service("api", ports: "{port: 80}")
    #expect(try found(rule + api + same) == [])
    let udp = Written.service("api", ports: "{port: 80, targetPort: 8080, protocol: UDP}")
    #expect(try found(rule + api + udp) == [])
    #expect(try found(Written.ingress("api", "{ports: [{port: 70, endPort: 90}]}") + api + service) == [])
    // Another Service leads to that very port.
    let second = service.replacing("name: api", with: "name: old").replacing("http}", with: "80}")
    #expect(try found(rule + api + service + second) == [])
  }

  @Test("not where only some of the pods are behind the Service")
  func some() throws {
    let rule = Written.policy("all", "podSelector: {}, ingress: [{ports: [{port: 80}]}]")
    let web = Written.pod("web")
    #expect(try found(rule + api + service + web) == [])
    #expect(try found(rule + api + service).count == 1)
  }

  @Test("not in a direction that the policy does not isolate, nor where a target's name is on no pod")
  func without() throws {
    let section = Written.policy(
      "api",
      "podSelector: {matchLabels: {app: api}}, policyTypes: [Egress], ingress: [{ports: [{port: 80}]}]")
    #expect(try found(section + api + service) == [])
    let lost = Written.service("api", ports: "{port: 80, targetPort: web}")
    #expect(try found(Written.ingress("api", "{ports: [{port: 80}]}") + api + lost) == [])
  }
}
