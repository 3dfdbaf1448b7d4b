import Testing

@testable import Review

@Suite("Objects beside the policies that the API server refuses are found")
struct InvalidObjectTests {
  private func lines(_ text: String) throws -> [String] {
    try LintScene(text, rule: .invalidObject).lines.map { $0.replacing("invalid-object: ", with: "") }
  }

  @Test("labels and annotations that are no text, at their line, with how they were spelled")
  func noText() throws {
    let text = """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: api, namespace: shop}
      spec:
        template:
          metadata:
            annotations:
              prometheus.io/port: 9090
            labels:
              version: 1.10
              enabled: yes
      """
    #expect(
      try lines(text) == [
        "8 `Deployment shop/api`: `spec.template.metadata.annotations.prometheus.io/port` is the number 9090, not text",
        "10 `Deployment shop/api`: `spec.template.metadata.labels.version` is the number 1.1, spelled `1.10`, not text",
        "11 `Deployment shop/api`: `spec.template.metadata.labels.enabled` is true, spelled `yes`, not text",
      ])
  }

  @Test("names, labels and selectors that Kubernetes does not have")
  func refused() throws {
    #expect(try lines("apiVersion: v1\nkind: Pod\nmetadata: {name: A_B}").count == 1)
    #expect(try lines("apiVersion: v1\nkind: Pod\nmetadata: {name: 12}").count == 1)
    #expect(try lines("apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: [a, b]}").count == 1)
    #expect(try lines("apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {app: -x-}}").count == 1)
    #expect(
      try lines(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {selector: {matchExpressions: [{key: a, operator: Gt}]}}"
      )
      .count == 1)
    #expect(try lines("apiVersion: v1\nkind: Pod\nmetadata: {labels: {app: a}}").count == 1)
  }

  @Test(
    "not what is no object, has its name made for it, or is told elsewhere",
    arguments: [
      "image: {tag: 1.10}\nlabels: {a: 1}", "name: build\non: push",
      "apiVersion: v2\nname: chart\nversion: 1.10",
      "apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: run-, labels: {app: a}}",
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {app: }}",
      "kind: NetworkPolicy\nmetadata: {name: a, labels: {app: 1}}",
    ])
  func notFound(text: String) throws {
    #expect(try lines(text) == [])
  }
}
