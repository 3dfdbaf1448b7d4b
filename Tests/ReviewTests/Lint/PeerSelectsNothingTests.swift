import Testing

@testable import Review

@Suite("A peer that is nobody is found")
struct PeerSelectsNothingTests {
  private func look(_ peers: String, _ documents: [String]...) throws -> LintScene {
    try LintScene(
      Manifests.file([Manifests.peers(peers)], documents.flatMap(\.self)), rule: .peerSelectsNothing)
  }

  private let api = [Manifests.workload("Deployment", "api", in: "shop", "app: api")]

  @Test("at the selector of the peer, with the nearest label")
  func near() throws {
    let scene = try look(
      "- podSelector: {matchLabels: {app: api}}\n- podSelector: {matchLabels: {app: apis}}", api)
    #expect(
      scene.lines == [
        "8 peer-selects-nothing: `shop/p`, ingress rule 0, peer 1 picks no workload among these manifests: none of `shop` has `app=apis`"
      ])
    #expect(scene.hints == ["did you mean `app: api`?"])
  }

  @Test("where such pods live in another namespace, that is said")
  func elsewhere() throws {
    let scene = try look(
      "- podSelector: {matchLabels: {app: prometheus}}", api,
      [Manifests.pod("prometheus-0", in: "monitoring", "app: prometheus")])
    #expect(
      scene.hints == [
        "`monitoring` has such pods: to mean these, the same element needs a `namespaceSelector`"
      ])
  }

  @Test("in a namespace asked for by name, where its pods are known")
  func byName() throws {
    let peer =
      "- namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: web}}\n  podSelector: {matchLabels: {app: front}}"
    let pod = [Manifests.pod("frontend", in: "web", "app: frontend")]
    let words =
      "8 peer-selects-nothing: `shop/p`, ingress rule 0, peer 0 picks no workload among these manifests: none of `web` has `app=front`"
    #expect(try look(peer, pod).lines == [words])
    #expect(try look(peer, [Manifests.namespace("web")]).lines == [], "no pod of `web` is known")
    #expect(try look(peer.replacing("app: front", with: "app: frontend"), pod).lines == [])
  }

  @Test("in all namespaces only where the whole cluster is known")
  func everywhere() throws {
    let peer = "- namespaceSelector: {}\n  podSelector: {matchLabels: {k8s-app: coredns}}"
    #expect(try look(peer, api).lines == [])
    #expect(try look(peer, api, [Manifests.namespace("kube-system")]).lines == [])
    #expect(try look(peer, api, Manifests.wholeCluster).lines.count == 1)
    #expect(
      try look(peer, api, Manifests.wholeCluster).lines.first?.contains("peer 0 picks no pod: none of ")
        == true)
    #expect(try look(peer.replacing("coredns", with: "kube-dns"), api, Manifests.wholeCluster).lines == [])
  }

  @Test(
    "not a peer that picks pods that are over, by a selector without podSelector, a block, or without effect")
  func silent() throws {
    let over = [Manifests.pod("j", in: "shop", "app: job", phase: "Failed")]
    #expect(try look("- podSelector: {matchLabels: {app: job}}", api, over).lines == [])
    #expect(
      try look("- namespaceSelector: {matchLabels: {team: none}}", api, Manifests.wholeCluster).lines == [])
    #expect(try look("- ipBlock: {cidr: 10.0.0.0/8}", api).lines == [])
    #expect(try look("- podSelector: {}", api).lines == [])
    let egressOnly = Manifests.policy(
      "podSelector: {}\npolicyTypes: [Egress]\ningress:\n- from:\n  - podSelector: {matchLabels: {app: x}}")
    #expect(try LintScene(Manifests.file([egressOnly], api), rule: .peerSelectsNothing).lines == [])
    #expect(try look("- podSelector: {matchLabels: {app: x}}").lines == [], "nothing is known")
  }
}
