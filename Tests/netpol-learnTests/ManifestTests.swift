import Console
import TestSupport
import Testing

@testable import netpol_learn

@Suite("Manifests are read as teams keep them")
struct ManifestTests {
  private let names = ["api.yaml", "default-deny.yaml", "dns.yaml", "postgres.yaml"]

  /// The story's manifests without their namespaces, as Kustomize and Helm have them.
  private func homeless(_ session: Session) throws {
    for name in names {
      let text = try Repository.text("\(Story.manifests)/\(name)")
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      try session.write(
        lines.map { $0.hasPrefix("  namespace: ") ? "" : $0 }.joined(separator: "\n"), to: "base/\(name)")
    }
  }

  @Test("without a namespace they are the one asked for")
  func withoutNamespace() throws {
    let session = try Session.ofTheStory()
    try homeless(session)
    let expected = try session.run("diff", "--ns", "payments", "--against", Story.manifests)
    let outcome = try session.run("diff", "--ns", "payments", "--against", "@base")
    #expect(outcome.output.replacing("base/", with: "\(Story.manifests)/") == expected.output)
    #expect(outcome.talk == expected.talk)
  }

  @Test("of several namespaces asked for none is meant, and that is told")
  func ambiguousNamespace() throws {
    let session = try Session.ofTheStory()
    try homeless(session)
    let outcome = try session.run("diff", "--ns", "payments", "--ns", "web", "--against", "@base")
    #expect(outcome.talk.contains("warning: without a namespace, and taken for `default`'s: api, "))
    #expect(outcome.talk.contains("hint: with one `--ns NAME`"))
  }

  @Test("labels whose names are read as others are told, of the manifests and of the cluster")
  func renamedLabels() throws {
    let session = try Session.ofTheStory()
    try session.write(
      "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: p\n  labels: {y: x}\nspec: {podSelector: {}}\n",
      to: "p.yaml")
    try session.write("kind: Namespace\nmetadata:\n  name: shop\n  labels: {off: x}\n", to: "n.yaml")
    let outcome = try session.run(
      "diff", "--ns", "payments", "--against", "@p.yaml", "--cluster", "@n.yaml")
    #expect(outcome.code == .difference)
    #expect(
      outcome.talk.contains("warning: `p.yaml:5`: the label \"y\" in `metadata.labels` of NetworkPolicy"))
    #expect(outcome.talk.contains("warning: `n.yaml:4`: the label \"off\" in `metadata.labels` of Namespace"))
    #expect(outcome.talk.contains("\nhint: put it in quotes\n"))
  }

  @Test("an invalid one without a namespace is called by the one asked for")
  func invalid() throws {
    let session = try Session.ofTheStory()
    try session.write(
      "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec: {podSelector: {}, egres: []}\n",
      to: "p.yaml")
    let outcome = try session.run("diff", "--ns", "payments", "--against", "@p.yaml")
    #expect(outcome.code == .input)
    #expect(outcome.talk.contains("`payments/p` in `p.yaml` is no valid NetworkPolicy"))
  }

  @Test("links that lead out of the folder are named, and the run ends with 3")
  func links() throws {
    let session = try Session.ofTheStory()
    try session.write("kind: Service\n", to: "links/service.yaml")
    for name in names { session.link("links/\(name)", to: Repository.absolute("\(Story.manifests)/\(name)")) }
    let outcome = try session.run("diff", "--ns", "payments", "--against", "@links")
    #expect(outcome.code == .input)
    #expect(outcome.talk.contains("warning: 4 links in `links` lead out of it or nowhere"), "\(outcome.talk)")
    #expect(outcome.talk.contains("\n  links/api.yaml\n"))
    #expect(outcome.talk.contains("warning: `links` holds no NetworkPolicy, but 1 Service"))
  }
}
