import Testing

@testable import Review

@Suite("Words without quotes that are not everywhere the same are found")
struct YAMLTrapTests {
  private func lines(_ text: String) throws -> [String] {
    try LintScene(text, rule: .yamlTrap).lines.map {
      $0.replacing("yaml-trap: `NetworkPolicy shop/api`: ", with: "")
    }
  }

  private func policy(_ spec: String) -> String {
    "kind: NetworkPolicy\nmetadata: {name: api, namespace: shop}\nspec:\n" + spec
  }

  @Test("as values of labels, in selectors and of requirements, with the path")
  func values() throws {
    let found = try lines(
      policy(
        """
          podSelector:
            matchLabels:
              a: 2026-01-31
              b: "2026-01-31"
              c: 1e400
          ingress:
          - from:
            - namespaceSelector:
                matchExpressions:
                - {key: k, operator: In, values: [x, 1:30]}
        """))
    #expect(
      found == [
        "6 `2026-01-31` at `spec.podSelector.matchLabels.a` stands without quotes, and some YAML readers take it for a date",
        "8 `1e400` at `spec.podSelector.matchLabels.c` stands without quotes, and some YAML readers take it for a number",
        "13 `1:30` at `spec.ingress[0].from[0].namespaceSelector.matchExpressions[0].values[1]` stands without quotes, and some YAML readers take it for a number",
      ])
  }

  @Test("as names, and as labels of pods that workloads make")
  func names() throws {
    let text =
      "kind: Deployment\napiVersion: apps/v1\nmetadata:\n  name: 2026-01-31\nspec: {template: {metadata: {labels: {day: 2026-02-01}}}}"
    let found = try LintScene(text, rule: .yamlTrap).lines
    #expect(
      found.map { $0.prefix(40) } == [
        "4 yaml-trap: `Deployment 2026-01-31`: `2", "5 yaml-trap: `Deployment 2026-01-31`: `2",
      ])
  }

  @Test("labels that are named on or off are told with the name that kubectl gives them")
  func keys() throws {
    #expect(
      try lines(policy("  podSelector: {matchLabels: {on: x}}"))
        == [
          "4 the label `on` at `spec.podSelector.matchLabels` stands without quotes, and is the name `true` for `kubectl`"
        ])
  }

  @Test("labels with nothing behind the colon")
  func nothing() throws {
    #expect(
      try lines(policy("  podSelector:\n    matchLabels:\n      app:"))
        == [
          "6 the label `app` at `spec.podSelector.matchLabels` has nothing behind the colon, and so the empty value"
        ])
    #expect(try lines(policy("  podSelector: {matchLabels: {app: ''}}")) == [])
  }

  @Test(
    "not what every reader takes for text",
    arguments: [
      "a: v1", "a: 10.0.0.1", "a: 1.2.3", "a: web", "a: '1:30'", "a: \"2026-01-31\"", "a: 5432a", "a: v1.10",
      "a: 1-2",
      "a: \"on\"", "a: 0a1b2c3d", "a: 2026-01-31-rc1",
    ])
  func notFound(label: String) throws {
    #expect(try lines(policy("  podSelector: {matchLabels: {\(label)}}")) == [])
  }

  @Test("not in JSON, in annotations, or in the settings of some tool")
  func elsewhere() throws {
    #expect(
      try lines(
        #"{"kind": "NetworkPolicy", "metadata": {"name": "api"}, "spec": {"podSelector": {"matchLabels": {"a": "2026-01-31"}}}}"#
      )
        == [])
    #expect(try lines("kind: NetworkPolicy\nmetadata: {name: api, annotations: {day: 2026-01-31}}") == [])
    #expect(try lines("metadata: {name: 2026-01-31, labels: {on: }}") == [])
  }
}
