import Testing

@testable import Review

@Suite("A label that does not last is found in a selector")
struct MutableLabelTests {
  private func look(_ subject: String, _ documents: String...) throws -> LintScene {
    try LintScene(
      Manifests.file([Manifests.policy("podSelector: \(subject)")], documents), rule: .mutableLabel)
  }

  @Test(
    "whatever is known of the pods",
    arguments: [
      ("pod-template-hash: 7f9c8d6b5", "changes with every roll-out"),
      ("controller-revision-hash: x", "changes with every roll-out"),
      ("statefulset.kubernetes.io/pod-name: db-0", "names one replica of many"),
      ("controller-uid: x", "names one run of a Job"),
      ("batch.kubernetes.io/controller-uid: x", "names one run of a Job"),
      ("job-name: nightly-29919420", "names one run of a Job"),
      ("batch.kubernetes.io/job-name: nightly-29919420", "names one run of a Job"),
      ("helm.sh/chart: api-1.2.3", "changes with every release"),
      ("app.kubernetes.io/version: x", "changes with every release"),
      ("version: 2.7.1", "changes with every release"), ("version: v1.4.0-rc1", "changes with every release"),
      ("commit: 6037a3c", "changes with every release"), ("date: 2026-01-31", "changes with every release"),
      ("argocd.argoproj.io/instance: shop", "belongs to the tool that installed the pods"),
      ("topology.kubernetes.io/zone: a", "changes with the node that a pod runs on"),
      ("security.istio.io/tlsMode: istio", "belongs to the service mesh and changes with it"),
    ])
  func found(label: String, words: String) throws {
    let asked = label.replacing(": ", with: "=")
    let scene = try look("\n  matchLabels:\n    app: api\n    \(label)")
    #expect(scene.lines == ["7 mutable-label: `shop/p` asks for `\(asked)`, which \(words)"])
  }

  @Test(
    "not labels that last, nor doubtful ones of which nothing is known",
    arguments: [
      "app: api", "app.kubernetes.io/name: api", "app.kubernetes.io/instance: shop", "tier: web",
      "track: stable",
      "version: v1", "version: stable", "revision: main", "chart: api", "job-name: migrate",
      "job-name: step-2",
      "app.kubernetes.io/managed-by: prometheus-operator", "build: team", "buildkit: x",
      "istio.io/rev: default",
    ])
  func silent(label: String) throws {
    #expect(try look("{matchLabels: {\(label)}}").lines == [])
  }

  @Test("a doubtful one where the workload is known and does not find its pods by it")
  func doubtful() throws {
    let template = Manifests.workload(
      "Deployment", "api", in: "shop", "app: api, version: v1", selector: "app: api")
    let scene = try look("{matchLabels: {version: v1}}", template)
    #expect(
      scene.lines == ["4 mutable-label: `shop/p` asks for `version=v1`, which changes with every release"])
    #expect(scene.hints == ["Deployment `shop/api` finds its own pods by `app=api`: ask for that"])
  }

  @Test("not what the workload's own selector asks for, which cannot change")
  func own() throws {
    let reviews = Manifests.workload(
      "Deployment", "reviews-v1", in: "shop", "app: reviews, version: 1.2.0",
      selector: "app: reviews, version: 1.2.0")
    #expect(try look("{matchLabels: {version: 1.2.0}}", reviews).lines == [])
    let other = Manifests.workload(
      "Deployment", "other", in: "shop", "version: 1.2.0, app: other", selector: "app: other")
    #expect(try look("{matchLabels: {version: 1.2.0}}", reviews, other).lines.count == 1, "one of two")
  }

  @Test("in expressions that ask for values, at their line, and not in those that exclude")
  func expressions() throws {
    func expression(_ operation: String) throws -> [String] {
      try look(
        "\n  matchExpressions:\n  - {key: app, operator: Exists}\n  - {key: pod-template-hash, \(operation)}"
      ).lines
    }
    #expect(
      try expression("operator: In, values: [b, a]") == [
        "7 mutable-label: `shop/p` asks for `pod-template-hash in (a,b)`, which changes with every roll-out"
      ])
    #expect(try expression("operator: NotIn, values: [a]") == [])
    #expect(try expression("operator: DoesNotExist") == [])
    #expect(try expression("operator: Exists") == [])
  }

  @Test("in peers that have an effect, and not in namespaceSelectors")
  func peers() throws {
    let peers =
      "- namespaceSelector: {matchLabels: {pod-template-hash: x}}\n- podSelector: {matchLabels: {pod-template-hash: x}}"
    let scene = try LintScene(Manifests.peers(peers), rule: .mutableLabel)
    #expect(
      scene.lines == [
        "8 mutable-label: `shop/p`, ingress rule 0, peer 1 asks for `pod-template-hash=x`, which changes with every roll-out"
      ])
    let idle = Manifests.policy(
      "podSelector: {}\npolicyTypes: [Ingress]\negress:\n- to:\n  - podSelector: {matchLabels: {pod-template-hash: x}}"
    )
    #expect(try LintScene(idle, rule: .mutableLabel).lines == [])
  }
}
