import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@Suite("Every edge has its bin")
struct BinTests {
  private static func shop() -> Town {
    var town = Town()
    town.dns()
    town.deployment(
      "payments", "api", at: ["10.244.0.11"], ports: [ContainerPort(name: "http", number: 8080)])
    town.deployment("payments", "db", at: ["10.244.0.12"], ports: [ContainerPort(number: 5432)])
    town.deployment(
      "payments", "stats", at: ["10.244.0.13"], ports: [ContainerPort(number: 8125, transport: .udp)])
    town.pod("payments", "probed", at: "10.244.0.14", labels: ["app": "probed"], probes: [8081])
    town.deployment(
      "monitoring", "prometheus", at: ["10.244.0.20"], labels: ["app.kubernetes.io/name": "prometheus"])
    return town
  }

  struct Case: CustomTestStringConvertible {
    let client: String
    let server: String
    let port: UInt16
    let tier: Tier
    var times: UInt64 = 5
    var transport: Transport = .tcp
    let bin: Bin
    let reason: String?

    var testDescription: String { "\(client) → \(server):\(port) \(tier.name) is \(bin.rawValue)" }
  }

  static let api = "10.244.0.11"

  @Test(
    "one edge of each kind",
    arguments: [
      Case(client: api, server: "10.244.0.12", port: 5432, tier: .used, bin: .learned, reason: nil),
      Case(client: api, server: "10.244.0.12", port: 5432, tier: .established, bin: .learned, reason: nil),
      Case(
        client: api, server: "10.244.0.12", port: 5432, tier: .refused, bin: .quarantined, reason: "refused"),
      Case(
        client: api, server: "10.244.0.12", port: 5432, tier: .attempted, bin: .quarantined,
        reason: "never established"),
      Case(
        client: api, server: "10.244.0.12", port: 5432, tier: .answered, bin: .quarantined,
        reason: "never established"),
      Case(
        client: api, server: "10.244.0.13", port: 8125, tier: .oneWay, transport: .udp, bin: .learned,
        reason: nil),
      Case(
        client: api, server: "10.244.0.13", port: 8125, tier: .oneWay, times: 1, transport: .udp,
        bin: .quarantined, reason: "nothing came back"),
      Case(
        client: api, server: "10.244.0.13", port: 9999, tier: .oneWay, transport: .udp, bin: .quarantined,
        reason: "nothing came back"),
      Case(
        client: api, server: "10.244.0.2", port: 53, tier: .replied, transport: .udp, bin: .baseline,
        reason: "dns"),
      Case(client: api, server: "10.244.0.2", port: 8080, tier: .used, bin: .learned, reason: nil),
      Case(client: "10.244.0.20", server: api, port: 8080, tier: .used, bin: .baseline, reason: "monitoring"),
      Case(
        client: "198.51.100.7", server: api, port: 8080, tier: .used, bin: .baseline,
        reason: "ingress from outside"),
      Case(
        client: api, server: "169.254.169.254", port: 80, tier: .used, bin: .quarantined,
        reason: "metadata address"),
      Case(
        client: api, server: "10.0.0.11", port: 10250, tier: .used, bin: .quarantined,
        reason: "sensitive port: kubelet"),
      Case(
        client: "10.0.0.11", server: "10.244.0.14", port: 8081, tier: .used, bin: .outOfScope,
        reason: "kubelet probe"),
      Case(
        client: "10.0.0.11", server: "10.244.0.14", port: 9000, tier: .used, bin: .baseline,
        reason: "from node-a's own network"),
      Case(client: api, server: api, port: 8080, tier: .used, bin: .outOfScope, reason: "a pod and itself"),
      Case(
        client: "10.0.0.11", server: "198.51.100.7", port: 443, tier: .used, bin: .outOfScope,
        reason: "no pod at either end"),
      Case(
        client: "10.244.9.9", server: api, port: 8080, tier: .used, bin: .unattributed,
        reason: "unknown: no pod is known to have held it"),
    ])
  func table(row: Case) throws {
    var town = Self.shop()
    town.saw(row.client, row.server, row.port, row.tier, times: row.times, transport: row.transport)
    let edge = try #require(town.learned().edges.first)
    #expect(edge.bin == row.bin)
    #expect(edge.reason == row.reason)
    #expect(town.learned().edges.count == 1)
  }

  @Test("a scanner loses its failed and one-shot edges, and keeps its steady ones")
  func scanner() {
    var town = Self.shop()
    for port in UInt16(20)...30 { town.saw("10.244.0.14", Self.api, port, .refused, times: 1) }
    town.saw("10.244.0.14", Self.api, 8080, .established, times: 1)
    town.saw("10.244.0.14", "10.244.0.12", 5432, .used, times: 40)
    let edges = town.learned().edges
    #expect(edges.filter { $0.bin == .learned }.map(\.port) == [5432])
    #expect(edges.first { $0.port == 8080 }?.reason == "scan: 11 closed doors, 11 ports on 1 workload in 0 s")
  }

  @Test("one dead dependency of many pods makes nobody a scanner")
  func deadDependency() {
    var town = Self.shop()
    town.deployment("payments", "cache", at: (50..<60).map { "10.244.0.\($0)" })
    for pod in 50..<60 { town.saw(Self.api, "10.244.0.\(pod)", 6379, .refused, times: 1) }
    town.saw(Self.api, "10.244.0.12", 5432, .used, times: 1)
    #expect(town.learned().edges.first { $0.port == 5432 }?.bin == .learned)
  }

  @Test("attempts are no evidence: neither against thinness nor for a steady need")
  func attempts() {
    var town = Self.shop()
    town.saw(Self.api, "10.244.0.12", 5432, .attempted, times: 40)
    town.saw(Self.api, "10.244.0.12", 5432, .used, times: 1)
    town.saw("10.244.9.9", Self.api, 8080, .attempted, times: 40)
    town.saw("10.244.9.9", Self.api, 8080, .used, times: 1)
    let edges = town.learned().edges
    #expect(edges.first { $0.port == 5432 }?.remarks == [.thin])
    #expect(edges.first { $0.port == 5432 }?.evidence.conversations == 41)
    #expect(town.learned("payments").plan.obstacles.isEmpty)
  }

  @Test("a client with a few broken dependencies is no scanner")
  func brokenClient() {
    var town = Self.shop()
    for port in UInt16(20)...23 { town.saw(Self.api, "10.244.0.12", port, .refused, times: 9) }
    town.saw(Self.api, "10.244.0.12", 5432, .used, times: 1)
    #expect(town.learned().edges.first { $0.port == 5432 }?.bin == .learned)
  }

  @Test("thin evidence is learned and marked, and kept out when asked")
  func thin() {
    var town = Self.shop()
    town.saw(Self.api, "10.244.0.12", 5432, .used, times: 1)
    #expect(town.learned().edges.map(\.bin) == [.learned])
    #expect(town.learned().edges.map(\.remarks) == [[.thin]])
    #expect(town.learned(strict: true).edges.map(\.bin) == [.quarantined])
  }

  @Test("the bins add up to what was seen, whatever was seen", arguments: [UInt64(1), 2, 3, 4, 5])
  func accounting(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var town = Self.shop()
    let ends = [
      "10.244.0.11", "10.244.0.12", "10.244.0.13", "10.244.0.20", "10.0.0.11", "203.0.113.9", "10.244.9.9",
      "10.96.0.10",
    ]
    for _ in 0..<400 {
      town.saw(
        ends[Int.random(in: 0..<ends.count, using: &random)],
        ends[Int.random(in: 0..<ends.count, using: &random)],
        [53, 80, 8080, 5432, 10250].randomElement(using: &random) ?? 1,
        Tier.allCases.randomElement(using: &random) ?? .used, times: UInt64.random(in: 1...9, using: &random),
        transport: Bool.random(using: &random) ? .tcp : .udp)
    }
    for accounting in [town.learned().accounting, town.learned("payments").accounting] {
      #expect(accounting.edges.addsUp && accounting.edges.seen > 0, "seed \(seed)")
      #expect(accounting.conversations.addsUp && accounting.conversations.seen > 0, "seed \(seed)")
    }
  }
}
