import Testing

@testable import Review

@Suite("A port's name with several meanings is found")
struct PortNameDiffersTests {
  private func found(_ text: String) throws -> [String] { try LintScene(text, rule: .portNameDiffers).lines }
  private let all = Written.policy("all", "podSelector: {}, ingress: [{ports: [{port: http}]}]")

  @Test("with each meaning and who has it")
  func differs() throws {
    let text =
      all + Written.pod("api", ports: "{containerPort: 8080, name: http}")
      + Written.pod("web", ports: "{containerPort: 80, name: http}") + Written.pod("db")
    #expect(
      try found(text) == [
        "5 port-name-differs: `shop/all`, ingress rule 0: port `http` is TCP/80 on `shop/web`, TCP/8080 on `shop/api`"
      ])
  }

  @Test("not where all agree, or the other name is for another protocol, or the pod is somebody else's")
  func agrees() throws {
    let api = Written.pod("api", ports: "{containerPort: 8080, name: http}")
    #expect(try found(all + api + Written.pod("web", ports: "{containerPort: 8080, name: http}")) == [])
    let udp = Written.pod("web", ports: "{containerPort: 80, name: http, protocol: UDP}")
    #expect(try found(all + api + udp) == [])
    let other = Written.pod("web", in: "web", ports: "{containerPort: 80, name: http}")
    #expect(try found(all + api + other) == [])
    let host = Written.pod("web", ports: "{containerPort: 80, name: http}", more: ", hostNetwork: true")
    #expect(try found(all + api + host) == [])
  }
}
