import Testing

@testable import Review

@Suite("Namespaces without a default are found")
struct NoDefaultDenyTests {
  private func found(_ text: String) throws -> [String] { try LintScene(text, rule: .noDefaultDeny).lines }
  private let api = Written.policy(
    "api", "podSelector: {matchLabels: {app: api}}, policyTypes: [Ingress, Egress]")

  @Test("with the directions that are open, and the workloads that are open today")
  func open() throws {
    #expect(
      try found(api) == [
        "2 no-default-deny: in namespace `shop` no policy isolates all pods for ingress and egress"
      ])
    #expect(
      try found(api + Written.pod("api") + Written.pod("web")) == [
        "2 no-default-deny: in namespace `shop` no policy isolates all pods for ingress and egress, and `shop/web` is "
          + "open today"
      ])
    let ingress = Written.policy("deny", "podSelector: {}")
    #expect(
      try found(api + ingress + Written.pod("api")) == [
        "2 no-default-deny: in namespace `shop` no policy isolates all pods for egress"
      ])
  }

  @Test("also without any policy, at the Namespace or else at the first workload")
  func none() throws {
    #expect(
      try found(Written.pod("web") + Written.pod("api")) == [
        "7 no-default-deny: in namespace `shop` there is no policy at all"
      ])
    let namespace = "kind: Namespace\nmetadata: {name: shop}\n"
    #expect(
      try found(namespace + Written.pod("web")) == [
        "1 no-default-deny: in namespace `shop` there is no policy at all"
      ])
  }

  @Test("not for the cluster's own namespaces, pods of the host's network, or an empty namespace")
  func silent() throws {
    #expect(try found(Written.cluster) == [])
    #expect(try found(Written.pod("node-exporter", more: ", hostNetwork: true")) == [])
    #expect(try found("kind: Namespace\nmetadata: {name: shop}\n") == [])
    #expect(
      try found(Written.policy("deny", "podSelector: {}, policyTypes: [Ingress, Egress]") + Written.pod("a"))
        == [])
  }
}
