import Documents
import Generator
import Kubernetes
import Testing
import Traffic

@testable import Review

@Suite("Recorded edges are played through policies")
struct ReplayTests {
  private static let ingress = """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: api, namespace: shop}
    spec:
      podSelector: {matchLabels: {app: api}}
      ingress:
      - from:
        - podSelector: {matchLabels: {app: web}}
        - podSelector: {matchLabels: {app: nobody}}
        ports:
        - port: 8080
        - port: 9090

    """
  private static let deny = """
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: deny, namespace: shop}
    spec: {podSelector: {}, policyTypes: [Ingress, Egress]}

    """

  /// The lines of what would be cut: edge, side, cause, nearest, isolators.
  private func cuts(_ replay: Replay) -> [String] {
    OutcomeRow.rows(replay.losses).flatMap { row in
      row.cuts.map { cut in
        let isolators = cut.isolators.map(\.description).joined(separator: ", ")
        return "\(row.edges.client) → \(row.edges.server) \(row.edges.port) \(cut.direction.rawValue) "
          + "\(cut.cause) \(cut.nearest.map(\.description) ?? "-") by \(isolators)"
      }
    }
  }

  private func replay(_ market: Market, _ policies: String, _ namespaces: String...) throws -> Replay {
    var learned = market.learned("shop")
    if !namespaces.isEmpty { learned = learned.about(Set(namespaces)) }
    return Replay(learned, under: try Market.policies(policies))
  }

  @Test("a cut names the side, what is missing, the nearest rule and who isolates, with file and line")
  func cut() throws {
    var market = try Market()
    try market.saw("10.244.1.5", "10.244.1.6", 8080)
    try market.saw("10.244.1.5", "10.244.1.6", 7070)
    try market.saw("10.244.2.5", "10.244.1.6", 8080)
    #expect(
      try cuts(replay(market, Self.ingress)) == [
        "other/guest → shop/api 8080/TCP ingress peer shop/api ingress rule 0 (p.yaml:7) by shop/api (p.yaml:1)",
        "shop/web → shop/api 7070/TCP ingress port shop/api ingress rule 0 (p.yaml:7) by shop/api (p.yaml:1)",
      ])
    #expect(
      try cuts(replay(market, Self.ingress + Self.deny)).contains(
        "shop/web → shop/api 8080/TCP egress no rule - by shop/deny (p.yaml:14)"))
  }

  @Test("what passes counts for the rules that let it pass, on each side for itself")
  func uses() throws {
    var market = try Market()
    try market.saw("10.244.1.5", "10.244.1.6", 8080, times: 7)
    let open = try replay(market, Self.ingress)
    #expect(open.uses.map(\.needed.edges) == [1] && open.uses.map(\.needed.conversations) == [7])
    // The other side cuts it, and the rule is needed all the same.
    let closed = try replay(market, Self.ingress + Self.deny)
    #expect(closed.losses.count == 1)
    #expect(closed.uses.map(\.needed.edges) == [1])
  }

  @Test("a peer and a port that no needed edge passes by are unused, and so is a rule without effect")
  func unused() throws {
    var market = try Market()
    try market.saw("10.244.1.5", "10.244.1.6", 8080)
    let words = try replay(market, Self.ingress).unused.map { "\($0.part.kind) \($0.part.words)" }
    #expect(words == ["peer pods app=nobody", "port TCP/9090"])
    let odd = Self.ingress.replacing("  ingress:", with: "  policyTypes: [Egress]\n  ingress:")
    let dead = try replay(market, odd).unused
    #expect(dead.count == 1 && dead[0].remark == "it has no effect: `policyTypes` do not name Ingress")
  }

  @Test("a rule by which only what is quarantined passes is unused, and what passes by it is told")
  func quarantined() throws {
    var market = try Market()
    try market.saw("10.244.1.5", "10.244.1.6", 9090, .refused)
    let replay = try replay(market, Self.ingress)
    #expect(replay.losses.isEmpty && replay.openings.map(\.edge.port) == [9090])
    #expect(replay.unused.map(\.remark) == ["only quarantined edges pass by it"])
    let document = ReplayDocument.node(replay)
    #expect(document[["replay", "edges", "passing"]]?.integer == 1)
  }

  @Test("of names asked for over UDP the TCP port beside it is not unused")
  func twins() throws {
    var market = try Market(
      """
      kind: Service
      metadata: {name: kube-dns, namespace: kube-system}
      spec: {clusterIP: 10.96.0.10, selector: {k8s-app: kube-dns}, ports: [{port: 53, protocol: UDP}]}
      ---
      kind: Pod
      metadata: {name: coredns, namespace: kube-system, labels: {k8s-app: kube-dns}}
      spec: {nodeName: node-b, containers: [{ports: [{containerPort: 53, protocol: UDP}]}]}
      status: {podIP: 10.244.2.2, startTime: "2025-11-19T00:00:00Z"}
      """)
    try market.saw("10.244.1.5", "10.244.2.2", 53, .replied, transport: .udp)
    let names = """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: names, namespace: shop}
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress:
        - to: [{namespaceSelector: {}}]
          ports: [{port: 53, protocol: UDP}, {port: 53}, {port: 54}]
      """
    #expect(try replay(market, names).unused.map(\.part.words) == ["TCP/54"])
    // The same as two rules.
    let apart = names.replacing(
      ", {port: 53}, {port: 54}]", with: "]\n  - to: [{namespaceSelector: {}}]\n    ports: [{port: 53}]")
    #expect(try replay(market, apart).unused.isEmpty)
  }

  @Test("of a rule that nothing needs it is told what it waits for, where that is known")
  func standby() throws {
    var market = try Market()
    try market.saw("10.244.1.5", "10.244.1.6", 8080)
    func remarks(_ peer: String, _ port: String, _ rest: String = "") throws -> [String?] {
      let policy = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: p, namespace: shop}
        spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [\(peer)], ports: [{port: \(port)}]}\(rest)]}
        """
      return try replay(market, policy).unused.map(\.remark)
    }
    let names = "for names, which pods ask for sooner or later"
    let place = "a place of the API server, any of which may answer"
    #expect(try remarks("{namespaceSelector: {}}", "53, protocol: UDP") == [names])
    #expect(
      try remarks(
        "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}",
        "53") == [names])
    // No namespace has that label, so that no name ever comes through.
    #expect(try remarks("{namespaceSelector: {matchLabels: {name: kube-system}}}", "53") == [nil])
    #expect(try remarks("{namespaceSelector: {}}", "54") == [nil])
    #expect(try remarks("{podSelector: {}}", "53") == [nil])
    #expect(try remarks("{ipBlock: {cidr: 10.0.0.1/32}}", "6443") == [place])
    #expect(try remarks("{ipBlock: {cidr: 10.0.0.1/32}}", "6444") == [nil])
    #expect(try remarks("{ipBlock: {cidr: 10.0.0.0/24}}", "6443") == [nil])
    #expect(
      try remarks("{ipBlock: {cidr: 10.0.0.1/32}}, {ipBlock: {cidr: 10.0.0.9/32}}", "6443") == [nil])
  }

  @Test("what nobody can be named for and what no policy rules is not asked, and the sums hold")
  func notAsked() throws {
    var market = try Market(
      """
      kind: Service
      metadata: {name: old, namespace: other}
      spec: {clusterIP: 10.96.0.77, ports: [{port: 80}]}
      """)
    try market.saw("10.244.1.5", "10.244.1.6", 8080)
    try market.saw("10.244.1.99", "10.244.1.6", 8080, times: 3)
    try market.saw("10.0.0.11", "10.244.1.6", 8080)
    try market.saw("10.244.1.5", "10.96.0.77", 80)
    try market.saw("10.244.1.5", "10.244.1.5", 8080)
    let replay = try replay(market, Self.deny)
    #expect(
      Dictionary(replay.unasked.map { ($0.cause, 1) }, uniquingKeysWith: +)
        == [.unattributed: 1, .ownPods: 1, .unknownBackends: 1, .outOfScope: 1])
    #expect(replay.losses.map(\.edge.port) == [8080])
    #expect(replay.seen.edges.seen == replay.asked.edges.seen + replay.notAsked.edges.seen)
  }

  @Test(
    "a block that holds the pods' addresses lets today's and tomorrow's pods pass, with the remark on plugins"
  )
  func block() throws {
    var market = try Market()
    try market.saw("10.244.1.5", "10.244.1.6", 8080)
    let policy = Self.ingress.replacing(
      "- podSelector: {matchLabels: {app: web}}", with: "- ipBlock: {cidr: 10.244.0.0/16}")
    let replay = try replay(market, policy)
    #expect(replay.losses.isEmpty)
    #expect(replay.outcomes.map(\.ruling.notes) == [[.blockOnPod(.ingress)]])
  }

  @Test("the family that was seen is asked about, and the other one is not")
  func family() throws {
    let policy = Self.ingress.replacing(
      "- podSelector: {matchLabels: {app: web}}", with: "- ipBlock: {cidr: 10.244.0.0/16}")
    var four = try Market()
    try four.saw("10.244.1.5", "10.244.1.6", 8080)
    #expect(try replay(four, policy).losses.isEmpty)
    var six = try Market()
    try six.saw("fd00:1::5", "fd00:1::6", 8080)
    #expect(try replay(six, policy).losses.count == 1)
    try four.saw("fd00:1::5", "fd00:1::6", 8080)
    let both = try replay(four, policy)
    #expect(both.losses.map(\.ruling.passing) == [1] && both.losses.map(\.ruling.meetings) == [2])
  }

  @Test("a label of this roll-out alone cuts the next one's pods, and that counts as blocked")
  func rollOut() throws {
    var market = try Market()
    try market.saw("10.244.1.5", "10.244.1.6", 8080)
    let policy = Self.ingress.replacing("{app: web}", with: "{app: web, pod-template-hash: a}")
    let losses = try replay(market, policy).losses
    #expect(losses.map(\.ruling.passing) == [2] && losses.map(\.ruling.meetings) == [6])
    #expect(
      losses.map(\.ruling.share)
        == [
          "passes for 2 of 6 pairs of pods that policies tell apart; today's pods pass, and those of the next roll-out do not"
        ])
  }

  @Test("rules and idle policies of namespaces that were not asked for are not judged")
  func elsewhere() throws {
    var market = try Market()
    try market.saw("10.244.1.5", "10.244.1.6", 8080)
    let idle = Self.ingress.replacing("namespace: shop", with: "namespace: other")
    let shop = try replay(market, Self.ingress + "---\n" + idle)
    #expect(Set(shop.uses.map(\.citation.policy)) == ["shop/api"] && shop.idle.isEmpty)
    let both = try replay(market, Self.ingress + "---\n" + idle, "shop", "other")
    #expect(both.uses.count == 2 && both.idle.map(\.path) == ["other/api"])
  }

  @Test("the log for code hosts places each finding at the rule or policy to blame")
  func sarif() throws {
    var market = try Market()
    try market.saw("10.244.1.5", "10.244.1.6", 7070)
    try market.saw("10.244.1.5", "10.244.1.6", 9090, .refused)
    let replay = try replay(market, Self.ingress)
    func results(_ withUnused: Bool) -> [String] {
      let log = replay.sarif(version: "0", withUnused: withUnused)
      return (log["runs"]?.sequence?.first?["results"]?.sequence ?? []).map { result in
        let place = result["locations"]?.sequence?.first?["physicalLocation"]
        let line = place?[["region", "startLine"]]?.integer ?? 0
        return "\(result["ruleId"]?.string ?? "") \(result["level"]?.string ?? "") \(line)"
      }
    }
    #expect(results(false) == ["replay-blocked error 7", "replay-open warning 7"])
    #expect(results(true) == ["replay-blocked error 7", "replay-open warning 7", "replay-unused note 7"])
  }
}
