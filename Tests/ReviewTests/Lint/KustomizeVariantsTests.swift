import Testing

@testable import Review

@Suite("What Kustomize makes several of is looked at one by one")
struct KustomizeVariantsTests {
  private static let api = Manifests.workload("Deployment", "api", in: "''", "app: api")

  private static func overlay(_ namespace: String, _ more: String = "") -> String {
    "kind: Kustomization\nnamespace: \(namespace)\nresources: [../../base\(more)]"
  }

  private static func policy(_ app: String, _ name: String = "p", in namespace: String = "''") -> String {
    Manifests.policy("podSelector: {matchLabels: {app: \(app)}}", name, in: namespace)
  }

  private func lines(_ files: KeyValuePairs<String, String>, _ rule: LintRule) throws -> [String] {
    try LintFolder.lines(files, rule: rule).map { String($0.prefix { $0 != "," }) }
  }

  private let partly = "picks no workload among these manifests: none of"

  @Test("the objects of a base are in the namespace of each overlay")
  func namespaces() throws {
    let files: KeyValuePairs = [
      "base/kustomization.yaml": "resources: [all.yaml]",
      "base/all.yaml": Self.policy("x") + "---\n" + Self.api,
      "overlays/prod/kustomization.yaml": Self.overlay("prod"),
      "overlays/trial/kustomization.yaml": Self.overlay("trial"),
    ]
    #expect(
      try lines(files, .selectsNothing)
        == ["prod", "trial"].map {
          "base/all.yaml:4 selects-nothing: `\($0)/p` \(partly) `\($0)` has `app=x`"
        })
  }

  @Test("an overlay's policy picks nobody whom only another overlay has, also in one namespace")
  func apart() throws {
    let db = Manifests.workload("StatefulSet", "db", in: "shop", "app: db")
    for other in ["shop", "other"] {
      let files: KeyValuePairs = [
        "base/kustomization.yaml": "resources: [api.yaml]",
        "base/api.yaml": Self.api,
        "overlays/prod/kustomization.yaml": Self.overlay("shop", ", p.yaml"),
        "overlays/prod/p.yaml": Self.policy("db"),
        "overlays/trial/kustomization.yaml": Self.overlay(other, ", db.yaml, p.yaml"),
        "overlays/trial/db.yaml": db,
        "overlays/trial/p.yaml": Self.policy("db"),
      ]
      #expect(
        try lines(files, .selectsNothing) == [
          "overlays/prod/p.yaml:4 selects-nothing: `shop/p` \(partly) `shop` has `app=db`"
        ])
    }
  }

  @Test("a closed door in one variant closes none in another")
  func doors() throws {
    let door =
      "kind: NetworkPolicy\nmetadata: {name: deny}\nspec: {podSelector: {}, policyTypes: [Ingress, Egress]}"
    func found(_ trial: String) throws -> Int {
      try lines(
        [
          "base/kustomization.yaml": "resources: [api.yaml]",
          "base/api.yaml": Self.api,
          "overlays/prod/kustomization.yaml": Self.overlay("shop", ", deny.yaml"),
          "overlays/prod/deny.yaml": door,
          "overlays/trial/kustomization.yaml": Self.overlay("shop", trial),
          "overlays/trial/deny.yaml": door,
        ], .noDefaultDeny
      ).count
    }
    #expect(try found("") == 1)
    #expect(try found(", deny.yaml") == 0)
  }

  @Test("variants of one name of two bases stand beside each other")
  func alike() throws {
    func files(_ app: String) -> [(String, String)] {
      [
        ("base/kustomization.yaml", "resources: [all.yaml]"),
        ("base/all.yaml", Manifests.workload("Deployment", app, in: "''", "app: \(app)")),
        ("overlays/prod/kustomization.yaml", Self.overlay("shop")),
        ("overlays/trial/kustomization.yaml", Self.overlay("shop")),
      ].map { ("\(app)/\($0.0)", $0.1) }
    }
    func found(_ app: String) throws -> Int {
      let all = files("web") + files("db") + [("web/overlays/prod/p.yaml", Self.policy(app))]
      let manifests = try all.map { name, text in
        name == "web/overlays/prod/kustomization.yaml"
          ? (name, Self.overlay("shop", ", p.yaml")) : (name, text)
      }.flatMap { try LintFolder.manifests($0.0, $0.1) }
      let scene = Scene(manifests, today: try #require(Day("2026-06-15")))
      #expect(scene.variants.map { $0.looks.count } == [2, 2])
      return Lint(scene, rules: [.selectsNothing]).findings.count
    }
    #expect(try found("db") == 0)
    #expect(try found("dbs") == 1)
  }

  @Test("what is in no variant is told once, and picks whatever any variant has")
  func others() throws {
    let files: KeyValuePairs = [
      "base/kustomization.yaml": "resources: [api.yaml]",
      "base/api.yaml": Self.api,
      "overlays/prod/kustomization.yaml": Self.overlay("prod"),
      "overlays/trial/kustomization.yaml": Self.overlay("trial"),
      "a.yaml": Self.policy("api", in: "prod") + "---\n" + Self.policy("apis", in: "prod"),
    ]
    #expect(
      try lines(files, .selectsNothing) == [
        "a.yaml:9 selects-nothing: `prod/p` \(partly) `prod` has `app=apis`"
      ])
  }

  @Test("the outermost namespace counts, whatever a base or an object says")
  func outermost() throws {
    let files: KeyValuePairs = [
      "base/kustomization.yaml": "namespace: base\nresources: [all.yaml]",
      "base/all.yaml": Self.policy("x", in: "own") + "---\n" + Self.api,
      "top/prod/kustomization.yaml": Self.overlay("prod"),
    ]
    #expect(
      try lines(files, .selectsNothing) == [
        "base/all.yaml:4 selects-nothing: `prod/p` \(partly) `prod` has `app=x`"
      ])
  }

  @Test("parts for anybody make no variants, nor do Kustomizations that share nothing or name each other")
  func none() throws {
    func count(_ files: KeyValuePairs<String, String>) throws -> Int {
      let manifests = try files.flatMap { try LintFolder.manifests($0.key, $0.value) }
      return Scene(manifests, today: try #require(Day("2026-06-15"))).variants.count
    }
    let part = "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\nresources: [p.yaml]"
    let user = "components: [../part]\nresources: [q.yaml]"
    #expect(
      try count([
        "part/kustomization.yaml": part, "a/kustomization.yaml": user, "b/kustomization.yaml": user,
      ]) == 0)
    #expect(
      try count([
        "a/kustomization.yaml": "resources: [../b, q.yaml]", "b/kustomization.yaml": "resources: [../a]",
      ]) == 0)
    let shared = "resources: [../q.yaml]"
    #expect(try count(["a/kustomization.yaml": shared, "b/kustomization.yaml": shared]) == 2)
  }
}
