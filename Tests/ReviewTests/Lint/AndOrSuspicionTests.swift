import Testing

@testable import Review

@Suite("A dash too many or too few is found")
struct AndOrSuspicionTests {
  private func look(_ peers: String, _ documents: [String], rule: LintRule = .andOrSuspicion) throws
    -> LintScene
  {
    try LintScene(Manifests.file([Manifests.peers(peers)], documents), rule: rule)
  }

  private let pods = [
    Manifests.pod("api", in: "shop", "app: api"),
    Manifests.pod("prometheus", in: "monitoring", "app: prometheus"),
    Manifests.pod("grafana", in: "monitoring", "app: grafana"),
  ]
  private let monitoring = "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}"

  @Test("two elements, where the pods live in the neighbouring element's namespaces")
  func tooMany() throws {
    let peers = "- \(monitoring)\n- podSelector: {matchLabels: {app: prometheus}}"
    let words =
      "`shop/p`, ingress rule 0, peer 1 asks for pods `app=prometheus` of `shop`, which has none, while `monitoring`, which peer 0 lets through whole, has such pods"
    let scene = try look(peers, pods)
    #expect(scene.lines == ["8 and-or-suspicion: \(words)"])
    #expect(
      scene.hints == [
        "if these pods were meant and no others, write `namespaceSelector` and `podSelector` under one dash"
      ])
    let reversed = "- podSelector: {matchLabels: {app: prometheus}}\n- \(monitoring)"
    #expect(try look(reversed, pods).lines.count == 1)
    #expect(try look(peers, pods, rule: .peerSelectsNothing).lines == [], "one slip is one finding")
  }

  @Test("one element, where each of its selectors picks somebody and both together nobody")
  func tooFew() throws {
    let peers = "- \(monitoring)\n  podSelector: {matchLabels: {app: api}}"
    #expect(
      try look(peers, pods).lines == [
        "7 and-or-suspicion: `shop/p`, ingress rule 0, peer 0 asks for pods `app=api` in namespaces `kubernetes.io/metadata.name=monitoring`, where there are none, while `shop` itself has such pods"
      ])
    #expect(try look(peers, pods, rule: .peerSelectsNothing).lines == [])
  }

  @Test("without knowing pods only for DNS, which lives in one namespace")
  func dns() throws {
    let peers = "- namespaceSelector: {}\n- podSelector: {matchLabels: {k8s-app: kube-dns}}"
    #expect(try look(peers, []).lines.count == 1)
    #expect(try look(peers.replacing("kube-dns", with: "api"), []).lines == [])
    #expect(
      try LintScene(Manifests.peers(peers, in: "kube-system"), rule: .andOrSuspicion).lines == [])
    #expect(try look("- podSelector: {matchLabels: {k8s-app: kube-dns}}", []).lines == [], "no neighbour")
  }

  @Test("not where both readings pick somebody, neither does, or pods are not known")
  func silent() throws {
    #expect(try look("- \(monitoring)\n- podSelector: {matchLabels: {app: api}}", pods).lines == [])
    #expect(try look("- \(monitoring)\n  podSelector: {matchLabels: {app: grafana}}", pods).lines == [])
    #expect(try look("- \(monitoring)\n- podSelector: {matchLabels: {app: none}}", pods).lines == [])
    #expect(try look("- \(monitoring)\n  podSelector: {matchLabels: {app: none}}", pods).lines == [])
    #expect(try look("- \(monitoring)\n  podSelector: {matchLabels: {app: api}}", [pods[0]]).lines == [])
    #expect(
      try look("- \(monitoring)\n- podSelector: {matchLabels: {app: prometheus}}", [pods[1]]).lines == [])
    // A block between them, and no neighbour is left.
    let apart =
      "- \(monitoring)\n- ipBlock: {cidr: 10.0.0.0/8}\n- podSelector: {matchLabels: {app: prometheus}}"
    #expect(try look(apart, pods).lines == [])
  }
}
