import Generator
import Kubernetes
import Testing
import Traffic

@testable import Review

@Suite("Recorded edges are asked for each pod that policies tell apart")
struct ReplayLooksTests {
  /// Whom the API lets in on which port.
  private static func api(_ peer: String) -> String {
    """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: api, namespace: shop}
    spec:
      podSelector: {matchLabels: {app: api}}
      ingress: [{from: [\(peer)], ports: [{port: 8080}]}]
    """
  }

  private static let secondPod = """
    kind: Pod
    metadata: {name: web-2, namespace: shop, labels: {app: web, pod-template-hash: a}, ownerReferences: [{kind: Deployment, name: web, controller: true}]}
    spec: {nodeName: node-b, containers: []}
    status: {podIP: 10.244.2.6, startTime: "2025-11-19T00:00:00Z"}
    """

  /// A Deployment whose pods of today are of its second version; the first one's is gone since a moment.
  private static func cart(goneSince moment: String) -> String {
    """
    kind: Deployment
    metadata: {name: cart, namespace: shop}
    spec: {selector: {matchLabels: {app: cart}}, template: {metadata: {labels: {app: cart, version: v2}}, spec: {containers: []}}}
    ---
    kind: Pod
    metadata: {name: cart-1, namespace: shop, labels: {app: cart, version: v1}, deletionTimestamp: "\(moment)", ownerReferences: [{kind: Deployment, name: cart, controller: true}]}
    spec: {nodeName: node-a, containers: []}
    status: {podIP: 10.244.1.8, startTime: "2025-11-01T00:00:00Z"}
    ---
    kind: Pod
    metadata: {name: cart-2, namespace: shop, labels: {app: cart, version: v2}, ownerReferences: [{kind: Deployment, name: cart, controller: true}]}
    spec: {nodeName: node-a, containers: []}
    status: {podIP: 10.244.1.7, startTime: "2025-11-01T00:00:00Z"}
    """
  }

  private func ruling(_ market: Market, _ policies: String, _ port: UInt16 = 8080) throws -> Ruling {
    let replay = Replay(market.learned("shop"), under: try Market.policies(policies))
    return try #require(replay.outcomes.first { $0.edge.port == port }).ruling
  }

  @Test(
    "a block that holds one of a workload's pods lets one of them pass, whichever is known first",
    arguments: [("10.244.1.0/24", "10.244.2.6"), ("10.244.2.6/32", "10.244.1.5 and fd00:1::5")])
  func block(held: String, cut: String) throws {
    var market = try Market(Self.secondPod)
    try market.saw("10.244.1.5", "10.244.1.6", 8080)
    try market.saw("10.244.2.6", "10.244.1.6", 8080)
    let ruling = try ruling(market, Self.api("{ipBlock: {cidr: \(held)}}"))
    #expect(!ruling.isAllowed)
    #expect(
      ruling.share == "passes for 1 of 2 pairs of pods that policies tell apart; not for shop/web at \(cut)")
    let both = try self.ruling(market, Self.api("{ipBlock: {cidr: 10.244.0.0/16}}"))
    #expect(both.isAllowed && both.exception == nil)
  }

  @Test("a pod that is asked has its own address too")
  func asked() throws {
    var market = try Market(Self.secondPod)
    try market.saw("10.244.1.6", "10.244.1.5", 9000)
    let egress = """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: api, namespace: shop}
      spec:
        podSelector: {matchLabels: {app: api}}
        policyTypes: [Egress]
        egress: [{to: [{ipBlock: {cidr: 10.244.1.5/32}}]}]
      """
    let ruling = try ruling(market, egress, 9000)
    #expect(ruling.passing == 1 && ruling.meetings == 2)
    #expect(ruling.exception == "not for shop/web at 10.244.2.6")
  }

  @Test("a pod that is gone and had no part in an edge does not count; one that had does, and is named")
  func gone() throws {
    let policy = Self.api("{podSelector: {matchLabels: {app: cart, version: v2}}}")
    var before = try Market(Self.cart(goneSince: "2025-11-02T00:00:00Z"))
    try before.saw("10.244.1.7", "10.244.1.6", 8080)
    #expect(try ruling(before, policy).isAllowed)
    var within = try Market(Self.cart(goneSince: "2025-11-20T02:00:00Z"))
    try within.saw("10.244.1.7", "10.244.1.6", 8080)
    // It had a part in something else.
    try within.saw("10.244.1.8", "10.244.1.6", 7070)
    #expect(try ruling(within, policy).isAllowed)
    try within.saw("10.244.1.8", "10.244.1.6", 8080)
    #expect(
      try ruling(within, policy).share
        == "passes for 1 of 2 pairs of pods that policies tell apart; not for shop/cart (version=v1)")
  }

  @Test("of a workload whose pods are all gone, and that has no template, its last pods stand for it")
  func allGone() throws {
    var market = try Market(
      """
      kind: Pod
      metadata: {name: once, namespace: shop, labels: {app: once}, deletionTimestamp: "2025-11-20T02:00:00Z"}
      spec: {nodeName: node-a, containers: []}
      status: {podIP: 10.244.1.9, startTime: "2025-11-01T00:00:00Z"}
      """)
    try market.saw("10.244.1.9", "10.244.1.6", 8080)
    #expect(try ruling(market, Self.api("{podSelector: {matchLabels: {app: once}}}")).isAllowed)
    #expect(try !ruling(market, Self.api("{podSelector: {matchLabels: {app: web}}}")).isAllowed)
  }

  @Test("what only the next roll-out's pods lack is told as that")
  func rollOut() throws {
    var market = try Market()
    try market.saw("10.244.1.5", "10.244.1.6", 8080)
    let ruling = try ruling(
      market, Self.api("{podSelector: {matchLabels: {app: web, pod-template-hash: a}}}"))
    #expect(ruling.exception == "today's pods pass, and those of the next roll-out do not")
  }
}
