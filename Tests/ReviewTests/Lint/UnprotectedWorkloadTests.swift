import Testing

@testable import Review

@Suite("Workloads that every policy forgot are found, where a default is done without")
struct UnprotectedWorkloadTests {
  private func found(_ text: String) throws -> [String] {
    try LintScene(text, rule: .unprotectedWorkload).lines
  }
  private func namespace(until day: String) -> String {
    """
    kind: Namespace
    metadata:
      name: shop
      annotations: {lint.netpol-learn/no-default-deny: 'until \(day): each has its own'}

    """
  }
  private let api = Written.policy(
    "api", "podSelector: {matchLabels: {app: api}}, policyTypes: [Ingress, Egress]")
  private let pods = Written.pod("api") + Written.pod("web")

  @Test("with the directions, at the workload")
  func open() throws {
    #expect(
      try found(namespace(until: "2999-01-01") + api + pods) == [
        "16 unprotected-workload: no policy isolates `shop/web` for ingress or egress"
      ])
    let half = Written.ingress("web", "{ports: [{port: 80}]}")
    #expect(
      try found(namespace(until: "2999-01-01") + api + half + pods).map { $0.suffix(10) } == ["for egress"])
  }

  @Test("not where the namespace's own finding is told, or a default isolates all")
  func told() throws {
    #expect(try found(api + pods) == [])
    #expect(try found(namespace(until: "2020-01-01") + api + pods) == [])
    let deny = Written.policy("deny", "podSelector: {}, policyTypes: [Ingress, Egress]")
    #expect(try found(namespace(until: "2999-01-01") + api + deny + pods) == [])
  }

  @Test("not for pods in their node's network")
  func host() throws {
    let host = Written.pod("web", more: ", hostNetwork: true")
    #expect(try found(namespace(until: "2999-01-01") + api + Written.pod("api") + host) == [])
  }
}
