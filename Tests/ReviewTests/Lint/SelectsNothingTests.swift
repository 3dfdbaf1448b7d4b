import Testing

@testable import Review

@Suite("A policy about nobody is found")
struct SelectsNothingTests {
  private func look(_ subject: String, _ documents: String...) throws -> LintScene {
    try LintScene(
      Manifests.file([Manifests.policy("podSelector: \(subject)")], documents), rule: .selectsNothing)
  }

  private let postgres = Manifests.workload(
    "StatefulSet", "postgres", in: "shop", "app: postgres, tier: data")

  @Test("at its selector, with the nearest label that pods have")
  func near() throws {
    let scene = try look("{matchLabels: {app: postgress}}", postgres)
    #expect(
      scene.lines == [
        "4 selects-nothing: `shop/p` picks no workload among these manifests: none of `shop` has `app=postgress`"
      ])
    #expect(scene.hints == ["did you mean `app: postgres`?"])
    #expect(
      try look("{matchLabels: {name: postgres}}", postgres).hints == ["did you mean `app: postgres`?"])
    #expect(
      try look("{matchExpressions: [{key: app, operator: In, values: [Postgres]}]}", postgres).hints
        == ["did you mean `app: postgres`?"])
  }

  @Test("a label of the workload that its pods do not have is named, and pods of another namespace")
  func elsewhere() throws {
    let api = Manifests.workload("Deployment", "api", in: "shop", "app: api", own: "squad: checkout")
    #expect(
      try look("{matchLabels: {squad: checkout}}", api).hints == [
        "Deployment `shop/api` has it and its pods do not: selectors look at `spec.template.metadata.labels`"
      ])
    let other = Manifests.pod("redis-0", in: "cache", "app: redis")
    #expect(
      try look("{matchLabels: {app: redis}}", api, other).hints == [
        "`cache` has such pods: a policy is about pods of its own namespace only"
      ])
  }

  @Test("labels that say nothing, or that change with every roll-out, are never named")
  func noHint() throws {
    let pod = Manifests.pod("a", in: "shop", "pod-template-hash: 7f9c8d6b5, x: 'true', y: '', z: ab")
    for label in ["app: 7f9c8d6b5", "app: 'true'", "app: ''", "z: ac"] {
      let hints = try look("{matchLabels: {\(label)}}", pod).hints
      #expect(hints == ["where its pods come from elsewhere, let `--cluster` list them"])
    }
  }

  @Test("an error only where the pods of the namespace are listed, or the whole cluster is known")
  func sure() throws {
    func severity(cluster: [String], _ manifests: [String] = []) throws -> [String] {
      let policy = Manifests.policy("podSelector: {matchLabels: {app: x}}")
      return try LintScene(
        Manifests.file([policy], manifests), cluster: Manifests.file(cluster), rule: .selectsNothing
      ).lint.findings.map { "\($0.severity): \($0.message.prefix { $0 != ":" })" }
    }
    let (pod, other) = (Manifests.pod("a", in: "shop", "app: a"), Manifests.pod("b", in: "cache", "app: b"))
    let part = "warning: `shop/p` picks no workload among these manifests"
    #expect(try severity(cluster: [], [postgres, pod]) == [part])
    #expect(try severity(cluster: [pod]) == ["error: `shop/p` picks no pod"])
    #expect(
      try severity(cluster: [other], [postgres]) == ["warning: `shop/p` picks no workload that is known"])
    #expect(
      try severity(cluster: [postgres]) == [part], "a list of one kind of workloads may lack another")
    #expect(
      try severity(cluster: [], Manifests.wholeCluster + [postgres])
        == ["error: `shop/p` picks no pod"])
    #expect(try severity(cluster: Manifests.wholeCluster) == [], "no pod of `shop` is known")
  }

  @Test("in a listing the labels of pods are what the hint speaks of")
  func listed() throws {
    let scene = try LintScene(
      Manifests.policy("podSelector: {matchLabels: {app: x}}"),
      cluster: Manifests.pod("a", in: "shop", "app: api"), rule: .selectsNothing)
    #expect(
      scene.hints == ["selectors look at the labels of pods, not at those of the workload that makes them"])
  }

  @Test("not where pods are picked, are over, live in their node's network, or are not known")
  func silent() throws {
    #expect(try look("{matchLabels: {app: postgres}}", postgres).lines == [])
    #expect(try look("{matchExpressions: [{key: app, operator: NotIn, values: [x]}]}", postgres).lines == [])
    let job = Manifests.pod("nightly-1", in: "shop", "app: nightly", phase: "Succeeded")
    #expect(try look("{matchLabels: {app: nightly}}", postgres, job).lines == [])
    let host = Manifests.pod("agent", in: "shop", "app: agent", host: true)
    #expect(try look("{matchLabels: {app: agent}}", postgres, host).lines == [])
    #expect(try look("{matchLabels: {app: x}}", Manifests.pod("a", in: "other", "app: y")).lines == [])
  }

  @Test("an empty value is no absent label, and an absent label is none of some values")
  func edges() throws {
    let pod = Manifests.pod("a", in: "shop", "app: api")
    #expect(try look("{matchLabels: {tier: ''}}", pod).lines.count == 1)
    #expect(try look("{matchExpressions: [{key: app, operator: DoesNotExist}]}", pod).lines.count == 1)
    #expect(try look("{matchExpressions: [{key: tier, operator: DoesNotExist}]}", pod).lines == [])
  }
}
