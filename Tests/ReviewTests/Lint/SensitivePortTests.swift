import Testing

@testable import Review

@Suite("Doors to machines and to the cluster's state are found where they are wide open")
struct SensitivePortTests {
  private func found(_ text: String) throws -> [String] { try LintScene(text, rule: .sensitivePort).lines }

  @Test("for everybody, for every pod, and for a whole network")
  func open() throws {
    #expect(
      try found(Written.ingress("etcd", "{ports: [{port: 2379}]}")) == [
        "5 sensitive-port: `shop/etcd`, ingress rule 0, opens TCP/2379 to everybody: 2379 is etcd's"
      ])
    let pods = "{from: [{namespaceSelector: {}}], ports: [{port: 2300, endPort: 2376}]}"
    #expect(
      try found(Written.ingress("dind", pods)) == [
        "5 sensitive-port: `shop/dind`, ingress rule 0, opens TCP/2300-2376 to every pod of the cluster: 2375 is the "
          + "Docker daemon's"
      ])
    let block = "{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 10250}]}"
    #expect(
      try found(Written.egress("api", block)) == [
        "5 sensitive-port: `shop/api`, egress rule 0, reaches TCP/10250 of 10.0.0.0/8: 10250 is the kubelet's"
      ])
  }

  @Test("not for few peers, for webhooks on the kubelet's number, or for what collects metrics")
  func sound() throws {
    #expect(try found(Written.ingress("etcd", "{from: [{podSelector: {}}], ports: [{port: 2379}]}")) == [])
    #expect(
      try found(Written.ingress("etcd", "{from: [{ipBlock: {cidr: 10.1.2.0/24}}], ports: [{port: 2379}]}"))
        == [])
    #expect(try found(Written.ingress("webhook", "{ports: [{port: 10250}]}")) == [])
    #expect(try found(Written.egress("metrics-server", "{ports: [{port: 10250}]}")) == [])
    #expect(try found(Written.egress("prometheus", "{ports: [{port: 10250}]}")) == [])
    #expect(try found(Written.egress("api", "{ports: [{port: 10250, protocol: UDP}]}")) == [])
    #expect(try found(Written.egress("api", "{ports: [{port: 443}, {port: kubelet}]}")) == [])
  }
}
