import Testing

@testable import Review

@Suite("A namespaceSelector that picks no namespace is found")
struct NamespaceSelectorTests {
  private func look(_ labels: String, _ documents: [String], rule: LintRule) throws -> LintScene {
    let peer = "- namespaceSelector: {matchLabels: {\(labels)}}"
    return try LintScene(Manifests.file([Manifests.peers(peer)], documents), rule: rule)
  }

  private let monitoring = [Manifests.namespace("monitoring", "team: platform")]

  @Test("a name behind a label that no namespace has, though few are known")
  func byName() throws {
    let scene = try look("name: monitoring", monitoring, rule: .namespaceByName)
    #expect(
      scene.lines == [
        "7 namespace-by-name: `shop/p`, ingress rule 0, peer 0 asks for namespaces `name=monitoring`, and namespace `monitoring` has no such label"
      ])
    #expect(scene.hints == ["write `kubernetes.io/metadata.name: monitoring`"])
    let whole = monitoring + Manifests.wholeCluster
    #expect(
      try look("name: monitoring", whole, rule: .unknownNamespaceLabel).lines == [], "one fault, one finding")
  }

  @Test("not where a namespace has such a label, the name is nobody's, or the label is the right one")
  func silent() throws {
    #expect(
      try look(
        "name: monitoring", [Manifests.namespace("monitoring", "name: monitoring")], rule: .namespaceByName
      )
      .lines == [])
    // Somebody names namespaces so; whether this one too is not known.
    #expect(
      try look("name: monitoring", monitoring + [Manifests.namespace("b", "name: b")], rule: .namespaceByName)
        .lines
        == [])
    for labels in ["name: elsewhere", "team: monitoring", "kubernetes.io/metadata.name: monitoring"] {
      #expect(try look(labels, monitoring, rule: .namespaceByName).lines == [], "\(labels)")
    }
    #expect(
      try look("name: shop", [Manifests.pod("a", in: "shop", "app: a")], rule: .namespaceByName).lines == [],
      "a namespace known by its pods alone may have any label")
  }

  @Test(
    "where all are known, with the nearest label",
    arguments: [
      ("team: platfrom", "none has `team=platfrom`", "did you mean `team: platform`?"),
      ("taem: platform", "none has `taem=platform`", "did you mean `team: platform`?"),
      (
        "kubernetes.io/metadata.name: monitorng", "none has `kubernetes.io/metadata.name=monitorng`",
        "did you mean `kubernetes.io/metadata.name: monitoring`?"
      ),
      (
        "area: monitoring", "none has `area=monitoring`",
        "did you mean `kubernetes.io/metadata.name: monitoring`?"
      ),
      ("stage: preview", "none has `stage=preview`", nil),
      (
        "team: platform, kubernetes.io/metadata.name: default",
        "none has all of `kubernetes.io/metadata.name=default,team=platform`", nil
      ),
    ] as [(String, String, String?)])
  func unknown(labels: String, words: String, hint: String?) throws {
    let scene = try look(labels, monitoring + Manifests.wholeCluster, rule: .unknownNamespaceLabel)
    #expect(
      scene.lines == [
        "7 unknown-namespace-label: `shop/p`, ingress rule 0, peer 0 picks no namespace: \(words)"
      ])
    #expect(scene.hints == [hint])
    let blind = try look(labels, monitoring, rule: .unknownNamespaceLabel).lint
    #expect(
      blind.findings == [] && blind.blind.map(\.name) == ["unknown-namespace-label"], "there may be others")
  }

  @Test("a rule that needs all namespaces does not look where some are known, and what it lacks is said")
  func blind() throws {
    func lack(_ manifests: [String], _ rules: [LintRule]) throws -> String? {
      let scene = try LintScene.scene(Manifests.file(manifests))
      return scene.lack(of: Lint(scene, rules: rules).blind)
    }
    let four = ["default", "kube-node-lease", "kube-public", "kube-system"].map { Manifests.namespace($0) }
    let rules: [LintRule] = [.unknownNamespaceLabel, .selectsNothing, .namespaceByName, .serviceBlocked]
    #expect(try lack([], rules) == "no pods or workloads and no namespaces and no Services")
    #expect(try lack(Array(four.dropLast()), [.unknownNamespaceLabel]) == "not all namespaces")
    #expect(try lack([four[0]], rules) == "no pods or workloads and not all namespaces and no Services")
    #expect(try lack([], [.unknownNamespaceLabel]) == "not all namespaces")
    #expect(try lack(four, [.unknownNamespaceLabel, .namespaceByName]) == nil)
  }

  @Test("not one that picks a namespace known by its pods alone")
  func byPods() throws {
    let pod = [Manifests.pod("a", in: "web", "app: a")]
    #expect(
      try look(
        "kubernetes.io/metadata.name: web", Manifests.wholeCluster + pod, rule: .unknownNamespaceLabel
      ).lines == [])
  }
}
