import Testing

@testable import Review

@Suite("A Kustomization that breaks selectors is found")
struct KustomizeLabelsTests {
  private let dns =
    "- namespaceSelector: {}\n  podSelector: {matchLabels: {k8s-app: kube-dns}}"

  private func kustomization(
    _ fields: String, in folder: String = "", kind: String = "Kustomization",
    api: String = "kustomize.config.k8s.io/v1"
  ) -> String { "# \(folder)kustomization.yaml\napiVersion: \(api)\nkind: \(kind)\n\(fields)" }

  private func policy(_ file: String = "p.yaml", _ peers: String) -> String {
    "# \(file)\n" + Manifests.peers(peers)
  }

  private func look(_ documents: String...) throws -> LintScene {
    try LintScene(documents.joined(separator: "\n---\n"), rule: .kustomizeLabels)
  }

  @Test("at the field that does it, with how many selectors suffer")
  func found() throws {
    let scene = try look(
      kustomization("resources: [p.yaml]\ncommonLabels: {env: prod, team: a}"),
      policy("p.yaml", dns + "\n" + dns))
    #expect(
      scene.lines == [
        "5 kustomize-labels: `commonLabels` puts `env=prod,team=a` into the selectors: `shop/p`, ingress rule 0, peer 0, for `k8s-app=kube-dns`, then picks no pod, and so does another selector"
      ])
    let labels =
      "resources: [p.yaml]\nlabels:\n- pairs: {a: b}\n- pairs: {env: prod}\n  includeSelectors: true"
    #expect(
      try look(kustomization(labels), policy("p.yaml", dns)).lines.map { $0.prefix(20) } == [
        "7 kustomize-labels: "
      ])
  }

  @Test("through folders, bases and components, also where they go in a circle")
  func folders() throws {
    let base = kustomization("resources: [p.yaml, ../overlay]", in: "base/")
    let overlay = kustomization("bases: [./../base/]\ncommonLabels: {env: prod}", in: "overlay/")
    #expect(try look(base, overlay, policy("base/p.yaml", dns)).lines.count == 1)
    let part = kustomization("commonLabels: {env: prod}", in: "part/", kind: "Component")
    let user = kustomization("resources: [p.yaml]\ncomponents: [../part]", in: "base/")
    #expect(try look(user, part, policy("base/p.yaml", dns)).lines.count == 1)
    let stranger = kustomization("resources: [q.yaml]\ncommonLabels: {env: prod}", in: "other/")
    #expect(try look(base, stranger, policy("base/p.yaml", dns)).lines == [])
  }

  @Test("for the policies of a base once, as each overlay has them")
  func overlays() throws {
    func overlay(_ name: String) -> String {
      kustomization("namespace: \(name)\nresources: [../base]\ncommonLabels: {env: \(name)}", in: "\(name)/")
    }
    let base = kustomization("resources: [p.yaml]", in: "base/")
    let found = try look(base, overlay("prod"), overlay("trial"), policy("base/p.yaml", dns)).lines
    #expect(
      found.map { $0.drop { $0 != ":" }.dropFirst(2) }
        == ["prod", "trial"].map {
          "`commonLabels` puts `env=\($0)` into the selectors: `\($0)/p`, ingress rule 0, peer 0, for `k8s-app=kube-dns`, then picks no pod"
        })
  }

  @Test(
    "not without selectors, labels or a Kustomization of kustomize",
    arguments: [
      "labels: [{pairs: {env: prod}}]", "labels: [{pairs: {env: prod}, includeTemplates: true}]",
      "commonLabels: {}",
      "commonAnnotations: {a: b}", "labels: nonsense", "labels: [{includeSelectors: true}]",
      "commonLabels: [1]",
      "commonLabels: {k8s-app: kube-dns}",
    ])
  func harmless(field: String) throws {
    #expect(try look(kustomization("resources: [p.yaml]\n\(field)"), policy("p.yaml", dns)).lines == [])
    let flux = kustomization(
      "resources: [p.yaml]\ncommonLabels: {env: prod}", api: "kustomize.toolkit.fluxcd.io/v1")
    #expect(try look(flux, policy("p.yaml", dns)).lines == [])
  }

  @Test("not selectors without matchLabels, which kustomize leaves alone")
  func expressions() throws {
    let peers =
      "- namespaceSelector: {}\n  podSelector: {matchExpressions: [{key: k8s-app, operator: In, values: [kube-dns]}]}\n- podSelector: {}\n- namespaceSelector: {}"
    let labels = kustomization("resources: [p.yaml]\ncommonLabels: {env: prod}")
    let cluster = Manifests.file(Manifests.wholeCluster)
    #expect(try look(labels, policy("p.yaml", peers), cluster).lines == [])
    #expect(try look(labels, policy("p.yaml", dns), cluster).lines.count == 1)
  }

  @Test("not peers whose pods get the labels too, by this or by another Kustomization")
  func given() throws {
    let pods = "- podSelector: {matchLabels: {app: api}}"
    let api = Manifests.workload("Deployment", "api", in: "shop", "app: api")
    let labels = "commonLabels: {env: prod}"
    #expect(
      try look(
        kustomization("resources: [p.yaml, api.yaml]\n\(labels)"), policy("p.yaml", pods),
        "# api.yaml\n\(api)"
      )
      .lines == [])
    let app = kustomization("resources: [api.yaml]\n\(labels)", in: "app/")
    #expect(
      try look(
        kustomization("resources: [p.yaml]\n\(labels)"), policy("p.yaml", pods), app, "# app/api.yaml\n\(api)"
      )
      .lines == [])
    let other = kustomization("resources: [api.yaml]", in: "app/")
    #expect(
      try look(
        kustomization("resources: [p.yaml]\n\(labels)"), policy("p.yaml", pods), other,
        "# app/api.yaml\n\(api)"
      ).lines.count == 1)
    let running = Manifests.pod("api", in: "shop", "app: api, env: prod")
    #expect(
      try look(
        kustomization("resources: [p.yaml]\n\(labels)"), policy("p.yaml", pods), "# pods.yaml\n\(running)"
      )
      .lines == [])
    #expect(try look(kustomization("resources: [p.yaml]\n\(labels)"), policy("p.yaml", pods)).lines == [])
  }
}

@Suite("Paths of files are compared as places")
struct FilePathTests {
  @Test(
    "whatever way they go",
    arguments: [
      ("a/b.yaml", "a/b.yaml"), ("./a//b.yaml", "a/b.yaml"), ("a/../b.yaml", "b.yaml"), ("../a", "../a"),
      ("../../a/..", "../.."), ("/a/./b", "/a/b"), ("/kustomization.yaml", "/kustomization.yaml"), ("", ""),
      (".", ""),
    ])
  func text(path: String, place: String) { #expect(FilePath(path).text == place) }

  @Test("the root's own folder is the root")
  func root() {
    #expect(FilePath("/kustomization.yaml").folder == "/")
    #expect(FilePath(FilePath("/kustomization.yaml").folder + "/p.yaml").text == "/p.yaml")
    #expect(FilePath("kustomization.yaml").folder == "")
  }
}
