import Testing

@testable import Review

@Suite("A selector that names one thing and picks several is told")
struct SeveralWorkloadsTests {
  private func look(_ subject: String, _ documents: String...) throws -> LintScene {
    try LintScene(
      Manifests.file([Manifests.policy("podSelector: \(subject)")], documents), rule: .selectsSeveralWorkloads
    )
  }

  private let api = Manifests.workload(
    "Deployment", "api", in: "shop", "app: shop, component: api, tier: web")
  private let worker = Manifests.workload(
    "Deployment", "worker", in: "shop", "app: shop, component: worker, tier: web")
  private let copy = Manifests.workload(
    "Deployment", "copy", in: "shop", "app: shop, component: api, tier: web")

  @Test("with their names and the label that tells them apart")
  func apart() throws {
    let scene = try look("{matchLabels: {app: shop}}", worker, api)
    #expect(
      scene.lines == [
        "4 selects-several-workloads: `shop/p` is about 2 workloads: Deployment `api` and Deployment `worker`"
      ])
    #expect(scene.hints == ["`component` tells them apart"])
    #expect(
      try look("{matchLabels: {app: shop}}", worker, api, copy).hints
        == ["`component: worker` picks Deployment `worker` alone"])
    #expect(
      try look("{matchLabels: {app: shop}}", api, copy).hints
        == ["nothing lasting tells them apart: give each pod template a label of its own"])
  }

  @Test("of many, the first are named")
  func many() throws {
    let workloads = (1...7).map { Manifests.workload("Deployment", "w\($0)", in: "shop", "app: shop") }
    let text = Manifests.file([Manifests.policy("podSelector: {matchLabels: {app: shop}}")], workloads)
    let lines = try LintScene(text, rule: .selectsSeveralWorkloads).lines
    #expect(lines.count == 1 && lines[0].hasSuffix("Deployment `w4`, Deployment `w5` and 2 more"))
  }

  @Test("not where several are meant: all pods, groups, and selectors that leave a choice")
  func meant() throws {
    for subject in [
      "{}", "{matchLabels: {tier: web}}",
      "{matchExpressions: [{key: component, operator: In, values: [api, worker]}]}",
      "{matchExpressions: [{key: app, operator: Exists}]}", "{matchLabels: {app: shop, component: api}}",
    ] {
      #expect(try look(subject, api, worker).lines == [], "\(subject)")
    }
  }

  @Test("not the runs of one CronJob nor the revisions of one Deployment, whose makers are not listed")
  func alike() throws {
    func owned(_ name: String, _ kind: String, _ owner: String, _ labels: String) -> String {
      """
      kind: Pod
      metadata:
        name: \(name)
        namespace: shop
        labels: {app: shop, \(labels)}
        ownerReferences: [{kind: \(kind), name: \(owner), controller: true}]
      """
    }
    let runs = [1, 2].map { owned("n-\($0)-x", "Job", "n-\($0)", "job-name: n-\($0)") }
    #expect(try look("{matchLabels: {app: shop}}", runs[0], runs[1]).lines == [])
    let revisions = [1, 2].map { owned("a-\($0)-x", "ReplicaSet", "a-\($0)", "pod-template-hash: '\($0)'") }
    #expect(try look("{matchLabels: {app: shop}}", revisions[0], revisions[1]).lines == [])
    #expect(try look("{matchLabels: {app: shop}}", revisions[0], runs[0]).lines.count == 1)
  }

  @Test("a peer is told by namespace, and not for one workload in each of two")
  func peers() throws {
    func look(_ peer: String, _ documents: String...) throws -> [String] {
      try LintScene(
        Manifests.file([Manifests.peers(peer)], documents), rule: .peerSelectsSeveralWorkloads
      ).lines
    }
    let peer = "- podSelector: {matchLabels: {app: shop}}"
    #expect(
      try look(peer, api, worker) == [
        "7 peer-selects-several-workloads: `shop/p`, ingress rule 0, peer 0 picks 2 workloads of `shop`: Deployment `api` and Deployment `worker`"
      ])
    let everywhere = "- namespaceSelector: {}\n  podSelector: {matchLabels: {app: shop}}"
    #expect(try look(everywhere, api, Manifests.workload("Deployment", "api", in: "b", "app: shop")) == [])
    #expect(try look(everywhere, api, worker).count == 1)
    #expect(try look("- namespaceSelector: {}", api, worker) == [])
    #expect(try look("- podSelector: {}", api, worker) == [])
  }
}
