import Testing

@testable import Review

@Suite("Rules for pods of every namespace are found")
struct AnyNamespaceTests {
  private func found(_ text: String) throws -> [String] { try LintScene(text, rule: .anyNamespace).lines }

  @Test("for ingress, with the ports")
  func ingress() throws {
    let rule = "{from: [{podSelector: {}}, {namespaceSelector: {}}], ports: [{port: 8080}]}"
    #expect(
      try found(Written.ingress("api", rule)) == [
        "5 any-namespace: `shop/api`, ingress rule 0, lets pods of every namespace in on TCP/8080"
      ])
  }

  @Test("not for egress, for some pods of every namespace, or where allow-all tells it")
  func sound() throws {
    #expect(try found(Written.egress("api", "{to: [{namespaceSelector: {}}], ports: [{port: 53}]}")) == [])
    let some =
      "{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}], ports: [{port: 8080}]}"
    #expect(try found(Written.ingress("api", some)) == [])
    #expect(try found(Written.ingress("api", "{from: [{namespaceSelector: {}}]}")) == [])
    let named =
      "{from: [{namespaceSelector: {matchExpressions: [{key: team, operator: Exists}]}}], ports: [{port: 1}]}"
    #expect(try found(Written.ingress("api", named)) == [])
  }
}
