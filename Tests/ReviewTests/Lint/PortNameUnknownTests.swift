import Testing

@testable import Review

@Suite("A port's name that no pod declares is found")
struct PortNameUnknownTests {
  private let api = Written.pod("api", ports: "{containerPort: 8080, name: http}")

  private func scene(_ text: String) throws -> LintScene { try LintScene(text, rule: .portNameUnknown) }

  @Test("with the names that there are")
  func unknown() throws {
    let found = try scene(Written.ingress("api", "{ports: [{port: web}, {port: http}]}") + api)
    #expect(
      found.lines == [
        "5 port-name-unknown: `shop/api`, ingress rule 0, opens TCP port `web`, which none of `shop/api` declares: "
          + "nothing is opened"
      ])
    #expect(found.lint.findings[0].hint == "they declare `http`")
  }

  @Test("the hint knows a name of another protocol, and the name of a Service's port")
  func hints() throws {
    let udp = Written.ingress("api", "{ports: [{port: http, protocol: UDP}]}")
    #expect(
      try scene(udp + api).lint.findings.map(\.hint)
        == ["the name is declared for TCP: add `protocol: TCP`"])
    let service = Written.service("api", ports: "{port: 80, name: web, targetPort: http}")
    let web = Written.ingress("api", "{ports: [{port: web}]}")
    #expect(
      try scene(web + api + service).lint.findings.map(\.hint)
        == ["`web` is what Service `shop/api` calls its port: write `port: http`"])
  }

  @Test("egress asks the pods that are asked, and a block has no names")
  func egress() throws {
    let peer = "to: [{podSelector: {matchLabels: {app: api}}}, {ipBlock: {cidr: 192.0.2.0/24}}]"
    let web = Written.pod("web", ports: "{containerPort: 80, name: web}")
    #expect(try scene(Written.egress("web", "{\(peer), ports: [{port: web}]}") + api + web).lines.count == 1)
    #expect(try scene(Written.egress("web", "{\(peer), ports: [{port: http}]}") + api + web).lines == [])
  }

  @Test("not where one of the pods declares it, nor where not all the pods are known")
  func sound() throws {
    let all = Written.policy("all", "podSelector: {}, ingress: [{ports: [{port: http}]}]")
    #expect(try scene(all + api + Written.pod("web")).lines == [])
    let away =
      "{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: web}}}], ports: [{port: web}]}"
    #expect(try scene(Written.egress("api", away) + api).lines == [])
    #expect(try scene(Written.egress("api", away) + api + Written.pod("x", in: "web")).lines.count == 1)
    let everywhere = "{to: [{namespaceSelector: {}}], ports: [{port: web}]}"
    #expect(try scene(Written.egress("api", everywhere) + api).lines == [])
    #expect(try scene(Written.egress("api", everywhere) + api + Written.cluster).lines.count == 1)
  }

  @Test("a sidecar among the init containers of a template counts")
  func sidecar() throws {
    let deployment = """
      ---
      kind: Deployment
      metadata: {name: api, namespace: shop}
      spec:
        selector: {matchLabels: {app: api}}
        template:
          metadata: {labels: {app: api}}
          spec: {containers: [{name: a}], initContainers: [{name: b, ports: [{containerPort: 9, name: proxy}]}]}

      """
    #expect(try scene(Written.ingress("api", "{ports: [{port: proxy}]}") + deployment).lines == [])
    #expect(try scene(Written.ingress("api", "{ports: [{port: other}]}") + deployment).lines.count == 1)
  }
}
