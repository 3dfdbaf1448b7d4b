import Console
import Documents
import TestSupport
import Testing

@testable import netpol_learn

@Suite("Two sets of manifests are compared without a store")
struct ManifestDiffTests {
  private static let generated = "\(Story.expected)/policies"

  private func policy(_ name: String = "web", peer: String, port: Int = 80) -> String {
    """
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: \(name), namespace: shop}
    spec:
      podSelector: {matchLabels: {app: web}}
      ingress:
      - from: [{podSelector: {matchLabels: {\(peer)}}}]
        ports: [{port: \(port)}]

    """
  }

  private func deployment(_ app: String, kind: String = "Deployment") -> String {
    """
    ---
    apiVersion: apps/v1
    kind: \(kind)
    metadata: {name: \(app), namespace: shop}
    spec:
      selector: {matchLabels: {app: \(app)}}
      template: {metadata: {labels: {app: \(app)}}, spec: {containers: []}}

    """
  }

  @Test(
    "the story's manifests against the generated ones are what was agreed",
    arguments: ["text", "json", "markdown"])
  func goldens(form: String) throws {
    let session = try Session()
    let words = [
      "diff", "--against", Story.manifests, "--policies", Self.generated, "--cluster", Story.cluster, "-o",
      form,
    ]
    let outcome = try session.run(words)
    #expect(outcome.code == .difference)
    #expect(session.text(of: "netpol-learn.db") == nil, "no store is opened")
    expectGolden(
      "$ netpol-learn \(words.joined(separator: " "))\n\(outcome.output)\n--- talk\n\(outcome.talk)",
      "\(Story.expected)/diff-policies\(form == "text" ? "" : "-" + form).txt")
  }

  @Test("without any cluster object the difference is told by examples")
  func withoutCluster() throws {
    let session = try Session()
    let outcome = try session.run("diff", "--against", Story.manifests, "--policies", Self.generated)
    #expect(outcome.code == .difference)
    #expect(outcome.talk == "compared 6 policies with 7, among 0 known workloads and all that may come\n")
    #expect(!outcome.output.contains("pairs change"))
    #expect(outcome.output.contains("a pod labelled app=frontend of namespace web"))
    let none = try session.run("diff", "--against", Self.generated, "--policies", Self.generated)
    #expect(none.code == .done && none.output.hasPrefix("no difference"))
  }

  @Test("`--fail-on widening` passes what only narrows")
  func failOn() throws {
    let session = try Session()
    try session.write(policy(peer: "app: api"), to: "a.yaml")
    try session.write(policy(peer: "app: api, tier: db"), to: "b.yaml")
    for (from, to, failOn, code) in [
      ("@a.yaml", "@b.yaml", "any", ExitCode.difference), ("@a.yaml", "@b.yaml", "widening", .done),
      ("@b.yaml", "@a.yaml", "widening", .difference), ("@a.yaml", "@a.yaml", "any", .done),
    ] {
      let outcome = try session.run("diff", "--against", from, "--policies", to, "--fail-on", failOn)
      #expect(outcome.code == code, "\(from) \(to) \(failOn): \(outcome.output)")
    }
  }

  @Test("workloads among the manifests are compared, and one that came is told apart")
  func topology() throws {
    let session = try Session()
    try session.write(policy(peer: "app: api") + deployment("web") + deployment("api"), to: "a/all.yaml")
    try session.write(
      policy(peer: "app: api", port: 81) + deployment("web") + deployment("api") + deployment("job"),
      to: "b/all.yaml")
    let outcome = try session.run("diff", "--against", "@a", "--policies", "@b")
    #expect(outcome.talk.hasSuffix("among 3 known workloads and all that may come\n"))
    #expect(
      outcome.output.contains(
        "becomes allowed\n  shop/api → shop/web  TCP/81  by shop/web ingress rule 0 (b/all.yaml:8)\n"))
    #expect(outcome.output.contains("shop/api, shop/web → shop/job  all  the destination is new\n"))
    // A folder of policies alone says nothing about workloads.
    try session.write(policy(peer: "app: api"), to: "c.yaml")
    let silent = try session.run("diff", "--against", "@c.yaml", "--policies", "@b")
    #expect(!silent.output.contains("is new"))
  }

  @Test("only the policies of the namespaces that are named are exchanged")
  func namespaces() throws {
    let session = try Session()
    try session.write(policy(peer: "app: api"), to: "a.yaml")
    try session.write(policy(peer: "app: other").replacing("shop", with: "bank"), to: "b.yaml")
    let outcome = try session.run(
      "diff", "--against", "@a.yaml", "--policies", "@b.yaml", "--ns", "bank", "-o", "json")
    let policies = try JSON.read(Array(outcome.output.utf8)).sequence?.flatMap { $0["cause"]?.sequence ?? [] }
      .compactMap { $0["policy"]?.string }
    #expect(Set(try #require(policies)) == ["bank/web"])
    let stranger = try session.run("diff", "--against", "@a.yaml", "--policies", "@b.yaml", "--ns", "nobody")
    #expect(stranger.code == .usage && stranger.talk.contains("nobody has a namespace `nobody`"))
  }

  @Test("what cannot be compared is refused or told")
  func trouble() throws {
    let session = try Session()
    try session.write(policy(peer: "app: api"), to: "a.yaml")
    try session.write(policy(peer: "app: api") + policy("bad", peer: "app: api", port: 0), to: "b.yaml")
    try session.write("kind: Service\nmetadata: {name: web}\n", to: "empty.yaml")
    #expect(try session.run("diff", "--against", "-", "--policies", "-").code == .usage)
    #expect(try session.run("diff", "--against", "@a.yaml", "--policies", "@gone").code == .usage)
    let partial = try session.run("diff", "--against", "@a.yaml", "--policies", "@b.yaml")
    #expect(partial.code == .input && partial.talk.contains("`shop/bad` in `b.yaml`"))
    let empty = try session.run("diff", "--against", "@a.yaml", "--policies", "@empty.yaml")
    #expect(empty.talk.contains("warning: `empty.yaml` holds no NetworkPolicy"))
  }

  @Test(
    "what is asked of recorded traffic is refused beside --policies, where none is looked at",
    arguments: [
      ["--direction", "ingress"], ["--accept", "nowhere"], ["--since", "1h"], ["--until", "1h"],
      ["--max-loss", "0"], ["--networks", "nowhere"], ["--strict"], ["--cni", "kindnet"],
      ["--external", "none"],
    ])
  func idleOptions(words: [String]) throws {
    let session = try Session()
    let both = ["diff", "--against", Story.manifests, "--policies", Story.manifests]
    #expect(try session.run(both).code == .done)
    let outcome = try session.run(both + words)
    #expect(outcome.code == .usage && outcome.output.isEmpty)
    #expect(outcome.talk.contains("`\(words[0])` is about recorded traffic"), "\(outcome.talk)")
  }
}
