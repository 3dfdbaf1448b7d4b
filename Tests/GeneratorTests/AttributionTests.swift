import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@Suite("Addresses become workloads")
struct AttributionTests {
  private static func shop() -> Town {
    var town = Town()
    town.deployment("web", "frontend", at: ["10.244.0.10"])
    town.deployment(
      "payments", "api", at: ["10.244.0.11", "10.244.0.12"],
      ports: [ContainerPort(name: "http", number: 8080)])
    town.service(
      "payments", "api", at: "10.96.0.20", selector: ["app": "api"], port: 80, target: .name("http"))
    return town
  }

  @Test("a Service's address and port become its pods and their port")
  func servicePort() {
    var town = Self.shop()
    town.saw("10.244.0.10", "10.96.0.20", 80)
    #expect(town.learned().lines == ["web/frontend → payments/api 8080/TCP used ×5 learned"])
  }

  @Test("what was seen before and behind a Service counts once, the larger of the two")
  func bothSides() {
    var town = Self.shop()
    town.saw("10.244.0.10", "10.96.0.20", 80, times: 5)
    town.saw("10.244.0.10", "10.244.0.11", 8080, times: 2)
    town.saw("10.244.0.10", "10.244.0.12", 8080, times: 1)
    #expect(town.learned().lines == ["web/frontend → payments/api 8080/TCP used ×5 learned"])
  }

  @Test("what several recorders saw of one pair counts once, the largest of them")
  func recorders() {
    var town = Self.shop()
    town.saw("10.244.0.10", "10.244.0.11", 8080, times: 4, recorder: "node-a")
    town.saw("10.244.0.10", "10.244.0.11", 8080, times: 3, recorder: "node-b")
    town.saw("10.244.0.10", "10.244.0.12", 8080, times: 2, recorder: "node-b")
    #expect(town.learned().lines == ["web/frontend → payments/api 8080/TCP used ×6 learned"])
  }

  @Test("a port that every machine offers becomes the pods behind it")
  func nodePort() {
    var town = Self.shop()
    town.service(
      "payments", "outside", at: "10.96.0.21", selector: ["app": "api"], port: 80, target: .name("http"),
      nodePort: 30080)
    town.saw("198.51.100.7", "10.0.0.11", 30080)
    #expect(town.learned().lines == ["198.51.100.7 → payments/api 8080/TCP used ×5 baseline"])
  }

  @Test("a Service without known backends stays a Service, and its need stops generation")
  func unknownBackends() {
    var town = Self.shop()
    town.service(
      "payments", "ghost", at: "10.96.0.99", selector: ["app": "ghost"], port: 80, target: .number(80))
    town.saw("10.244.0.11", "10.96.0.99", 80)
    let learned = town.learned("payments")
    #expect(learned.lines == ["payments/api → service payments/ghost 80/TCP used ×5 learned"])
    #expect(learned.plan.obstacles.count == 1)
  }

  @Test("an address of a pod range that nobody held is unknown, never outside")
  func unknown() {
    var town = Self.shop()
    town.saw("10.244.0.10", "10.244.7.7", 80)
    town.saw("10.244.0.10", "203.0.113.9", 443)
    #expect(
      town.learned().lines == [
        "web/frontend → 203.0.113.9 443/TCP used ×5 learned",
        "web/frontend → 10.244.7.7 80/TCP used ×5 unattributed",
      ])
  }

  @Test("without an inventory nobody's address is guessed")
  func noInventory() {
    var town = Self.shop()
    town.objects = []
    town.saw("10.244.0.10", "203.0.113.9", 443)
    #expect(town.learned().edges.map(\.bin) == [.unattributed])
  }

  @Test("where no opening was seen, the declared port tells who was asked")
  func direction() {
    var town = Self.shop()
    town.saw(
      "10.244.0.11", "10.244.0.10", 3000, .established, direction: .unknown,
      dialled: Socket(Town.ip("10.244.0.11"), 8080))
    #expect(town.learned().lines == ["web/frontend → payments/api 8080/TCP established ×5 learned"])
  }

  @Test("where nothing is declared either, nobody is called the client")
  func undecided() {
    var town = Self.shop()
    town.saw(
      "10.244.0.11", "10.244.0.10", 3000, .established, direction: .unknown,
      dialled: Socket(Town.ip("10.244.0.11"), 40000))
    #expect(town.learned().edges.map(\.bin) == [.unattributed])
    #expect(town.learned("payments").plan.obstacles.count == 1)
  }

  @Test("a name counts only when the cluster's own DNS answered, and only for who asked")
  func names() {
    var town = Self.shop()
    town.dns()
    town.answered("10.244.0.11", "pay.example.com", "203.0.113.9")
    town.answered("10.244.0.11", "forged.example.com", "203.0.113.9", by: "10.244.0.10")
    town.saw("10.244.0.11", "203.0.113.9", 443)
    town.saw("10.244.0.10", "203.0.113.9", 443)
    let names = Dictionary(
      town.learned().edges.map { ($0.client.description, $0.evidence.names) },
      uniquingKeysWith: { first, _ in first })
    #expect(names == ["payments/api": ["pay.example.com"], "web/frontend": []])
  }

  @Test("shares of conversations add up, and each share gets one while there are enough")
  func distribution() {
    var random = SeededRandom(seed: 7)
    for _ in 0..<500 {
      let weights = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        Int.random(in: 1...60, using: &random)
      }
      let total = UInt64.random(in: 0...1000, using: &random)
      let shares = Attribution.distribute(total, over: weights)
      #expect(shares.reduce(0, +) == total, "seed 7: \(total) over \(weights)")
      let sum = weights.reduce(0, +)
      for (share, weight) in zip(shares.dropFirst(), weights.dropFirst()) {
        let fair = Double(total) * Double(weight) / Double(sum)
        #expect(abs(Double(share) - fair) <= Double(weights.count), "seed 7: \(total) over \(weights)")
      }
      if total >= weights.count { #expect(shares.allSatisfy { $0 > 0 }, "seed 7: \(total) over \(weights)") }
    }
  }

  @Test("a conversation that is turned round keeps its own ends in the evidence")
  func turnedRound() throws {
    var town = Self.shop()
    town.node("node-b", at: "10.0.0.12")
    town.saw(
      "10.244.0.11", "10.0.0.12", 30000, .established, direction: .unknown,
      dialled: Socket(Town.ip("10.244.0.11"), 8080))
    let edge = try #require(town.learned().edges.first)
    #expect(edge.client.description == "node node-b" && edge.port == 8080)
    #expect(edge.evidence.clientAddresses == [Town.ip("10.0.0.12")])
    let plan = town.learned("payments").plan
    #expect(plan.proof.failures.isEmpty)
    #expect(
      plan.policies.first { $0.policy.name == "api" }?.policy.ingress.map(\.description) == [
        "10.0.0.12/32 on TCP/8080"
      ])
  }

  @Test("each client's larger side of a Service counts, not the larger of the sums")
  func lanesPerClient() {
    var town = Self.shop()
    town.deployment("web", "shop", at: ["10.244.0.20", "10.244.0.21"])
    town.saw("10.244.0.20", "10.96.0.20", 80, times: 5)
    town.saw("10.244.0.21", "10.244.0.11", 8080, times: 5)
    #expect(town.learned().lines == ["web/shop → payments/api 8080/TCP used ×10 learned"])
  }

  @Test("counts beyond all numbers stay at the largest, and nothing stops")
  func hugeCounts() throws {
    var town = Self.shop()
    for recorder in ["a", "b"] {
      for minute in [1, 2, 3] as [Int64] {
        town.saw("10.244.0.10", "10.244.0.11", 8080, times: .max, recorder: recorder, minute: minute)
      }
    }
    town.saw("10.244.0.10", "10.244.0.12", 8080, times: .max)
    let learned = town.learned()
    #expect(learned.edges.map(\.evidence.conversations) == [.max])
    #expect(learned.accounting.conversations.addsUp)
  }
}
