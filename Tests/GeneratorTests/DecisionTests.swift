import Kubernetes
import Testing
import Traffic

@testable import Generator

@Suite("Decisions about edges that are kept out, or that no rule can be written for")
struct DecisionTests {
  private static func learned(
    _ town: Town, _ answer: Decision.Answer? = nil, strict: Bool = false,
    _ isDecided: (Edge) -> Bool = { _ in true }
  ) -> Learned {
    var options = Options()
    options.namespaces = ["payments"]
    options.isStrict = strict
    let open = Learned(town.facts, Inventory(town.objects), options)
    guard let answer else { return open }
    let edges = open.everyEdge.filter { !$0.bin.isNeeded || strict }.filter(isDecided)
    options.decisions = Decisions(
      Dictionary(
        edges.map { (EdgeName($0), Decision(answer, owner: "alice")) }, uniquingKeysWith: { one, _ in one }))
    return Learned(town.facts, Inventory(town.objects), options)
  }

  @Test(
    "what is quarantined and accepted is a need with the remark, whatever it was quarantined for",
    arguments: [
      (Shop.web, Shop.db, 5432, Tier.refused, Transport.tcp), (Shop.web, Shop.db, 5432, .attempted, .tcp),
      (Shop.web, Shop.db, 9999, .oneWay, .udp), (Shop.api, "169.254.169.254", 80, .used, .tcp),
      (Shop.api, "10.0.0.11", 10250, .used, .tcp),
    ] as [(String, String, UInt16, Tier, Transport)])
  func accepted(client: String, server: String, port: UInt16, tier: Tier, transport: Transport) throws {
    var town = Shop.town()
    town.saw(client, server, port, tier, times: 1, transport: transport)
    func edge(_ learned: Learned) throws -> Edge {
      try #require(learned.edges.first { $0.port == port && $0.transport == transport && $0.tier == tier })
    }
    let before = try edge(Self.learned(town))
    #expect(before.bin == .quarantined)
    let after = Self.learned(town, .accept)
    let accepted = try edge(after)
    #expect(accepted.bin == .learned && accepted.reason == nil)
    #expect(accepted.remarks.contains(.accepted) && !accepted.remarks.contains(.refusedAtTimes))
    #expect(accepted.lastingReason == before.lastingReason, "the review file says the same of it")
    let plan = after.plan
    #expect(plan.proof.failures.isEmpty)
    #expect(plan.proof.passing == Self.learned(town).plan.proof.passing + 1)
    let notes = plan.policies.flatMap { $0.policy.ingress + $0.policy.egress }.flatMap(\.note)
    #expect(notes.contains { $0.hasSuffix("; accepted by alice") }, "\(notes)")
  }

  @Test("an accepted question to the cluster's DNS goes by the rule that every pod has")
  func naming() throws {
    var town = Shop.town()
    town.saw(Shop.api, "10.244.0.2", 53, .attempted, times: 1)
    let before = try #require(Self.learned(town).edges.first { $0.port == 53 && $0.transport == .tcp })
    #expect(before.bin == .quarantined)
    let after = Self.learned(town, .accept)
    let edge = try #require(after.edges.first { $0.port == 53 && $0.transport == .tcp })
    #expect(edge.bin == .baseline && edge.remarks.contains(.accepted))
    #expect(after.plan.proof.failures.isEmpty)
  }

  @Test("what is needed anyhow keeps its rule beside a broad one that somebody accepted")
  func revoked() throws {
    var town = Shop.town()
    town.answered(Shop.api, "pay.example.com", "203.0.113.9")
    town.saw(Shop.api, "203.0.113.9", 443, .attempted)
    town.saw(Shop.api, "198.51.100.80", 443)
    func ways(_ learned: Learned) -> [String] {
      let plan = learned.plan
      #expect(plan.proof.failures.isEmpty)
      return plan.policies.first { $0.policy.name == "api" }?.policy.egress.map(\.description) ?? []
    }
    let own = "198.51.100.80/32 on TCP/443"
    #expect(ways(Self.learned(town)).contains(own))
    let accepted = ways(Self.learned(town, .accept) { $0.tier == .attempted })
    #expect(accepted.contains { $0.hasPrefix("0.0.0.0/0 except") })
    #expect(accepted.contains(own), "\(accepted)")
  }

  @Test("what is rejected is quarantined as before")
  func rejected() {
    var town = Shop.town()
    town.saw(Shop.web, Shop.db, 5432, .refused)
    let (open, rejected) = (Self.learned(town), Self.learned(town, .reject))
    #expect(open.plan.policies == rejected.plan.policies)
    #expect(open.accounting == rejected.accounting)
  }

  @Test("one decision touches one edge: of a scanner's doors only the accepted one opens")
  func scan() {
    var town = Shop.town()
    for port in UInt16(20)...30 { town.saw(Shop.web, Shop.api, port, .refused, times: 1) }
    town.saw(Shop.web, Shop.api, 8080, times: 1)
    town.saw(Shop.web, Shop.db, 5432, times: 1)
    let learned = Self.learned(town, .accept) { $0.port == 8080 }
    #expect(learned.edges.filter { $0.bin == .quarantined }.count == 12)
    #expect(
      learned.edges.filter { $0.client.workload?.name == "frontend" && $0.bin == .learned }.map(\.port) == [
        8080
      ])
    #expect(learned.plan.proof.failures.isEmpty)
  }

  @Test("what one pod did once is kept out with --strict, and accepted all the same")
  func strict() {
    var town = Shop.town()
    town.saw(Shop.web, Shop.api, 8080, times: 1)
    let learned = Self.learned(town, .accept, strict: true) { $0.port == 8080 }
    #expect(Self.learned(town, strict: true).edges.first { $0.port == 8080 }?.bin == .quarantined)
    #expect(learned.edges.first { $0.port == 8080 }?.remarks == [.accepted, .thin])
    #expect(learned.plan.proof.failures.isEmpty)
  }

  @Test(
    "steady traffic of nobody stops generation until its loss is accepted or it is rejected",
    arguments: Decision.Answer.allCases)
  func unattributed(answer: Decision.Answer) {
    var town = Shop.town()
    town.saw("10.244.9.9", Shop.api, 8080, times: 5)
    let open = Self.learned(town).plan
    #expect(open.obstacles.count == 1 && open.unwritable.count == 1 && open.borne.isEmpty)
    let plan = Self.learned(town, answer).plan
    #expect(plan.obstacles.isEmpty && plan.unwritable.isEmpty)
    #expect(plan.borne.map { "\($0.client)" } == ["10.244.9.9"])
    #expect(plan.proof.failures.isEmpty)
    #expect(plan.policies == open.policies, "nothing is opened for it")
  }

  @Test("a need that no rule can be written for is cut once it is accepted, and counted as passing no more")
  func unwritable() {
    var town = Shop.town()
    town.pod("payments", "loner", at: "10.244.0.15", labels: ["helm.sh/chart": "c-1"])
    town.saw("10.244.0.15", Shop.db, 5432)
    town.saw("10.244.0.15", Shop.api, 8080)
    var options = Options()
    options.namespaces = ["payments"]
    let open = Learned(town.facts, Inventory(town.objects), options).plan
    #expect(open.obstacles.count == 1 && open.unwritable.count == 2)
    // One of two is not enough.
    for (count, isFree) in [(1, false), (2, true)] {
      options.decisions = Decisions(
        Dictionary(
          uniqueKeysWithValues: open.unwritable.prefix(count).map { (EdgeName($0), Decision(.accept)) }))
      let plan = Learned(town.facts, Inventory(town.objects), options).plan
      #expect(plan.obstacles.isEmpty == isFree)
      #expect(plan.borne.count == count)
      if isFree {
        #expect(plan.proof.failures.isEmpty)
        #expect(plan.proof.passing == 1)
      }
    }
  }

  @Test("a rejection cuts no need: what no rule can be written for stands in the way as before")
  func rejectedNeed() throws {
    var town = Shop.town()
    town.pod("payments", "loner", at: "10.244.0.15", labels: ["helm.sh/chart": "c-1"])
    town.saw("10.244.0.15", Shop.db, 5432)
    var options = Options()
    options.namespaces = ["payments"]
    let open = Learned(town.facts, Inventory(town.objects), options).plan
    let need = try #require(open.unwritable.first)
    options.decisions = Decisions([EdgeName(need): Decision(.reject, owner: "ada")])
    let plan = Learned(town.facts, Inventory(town.objects), options).plan
    #expect(plan.obstacles.map(\.message) == open.obstacles.map(\.message))
    #expect(plan.borne.isEmpty && plan.unwritable.map(\.key) == [need.key])
  }

  @Test(
    "two ends that differ only in their kind have names of their own, and so has an edge that nobody opened")
  func names() {
    func name(_ kind: String, _ nature: Edge.Nature) -> EdgeName {
      let end = End.workload(WorkloadID(namespace: "a", kind: kind, name: "b"))
      let other = End.external(Town.ip("203.0.113.9"))
      return EdgeName(
        Edge(
          key: Edge.Key(client: end, server: other, port: 1, transport: .tcp, nature: nature),
          evidence: Self.learned(Shop.town()).edges[0].evidence))
    }
    #expect(name("Deployment", .ordinary) != name("StatefulSet", .ordinary))
    #expect(name("Deployment", .ordinary) != name("Deployment", .undirected))
    #expect(name("Deployment", .ordinary).description == "Deployment a/b → address 203.0.113.9 1/TCP")
  }

  @Test(
    "a decision that leaves out that nobody can tell who asked is about the one edge that it can mean",
    arguments: [
      (50000, false, true), (50000, true, false), (40000, false, true), (40000, true, true),
    ] as [(UInt16, Bool, Bool)])
  func meant(source: UInt16, isReversed: Bool, isMeant: Bool) throws {
    var town = Shop.town()
    town.saw(
      Shop.api, "203.0.113.7", 40000, .established, direction: .unknown,
      dialled: Socket(Town.ip(Shop.api), source))
    func decided(_ answers: [EdgeName: Decision]) throws -> (edge: Edge, meanings: [EdgeName: EdgeName]) {
      var options = Options()
      options.namespaces = ["payments"]
      options.decisions = Decisions(answers)
      let learned = Learned(town.facts, Inventory(town.objects), options)
      return (
        try #require(learned.everyEdge.first { !$0.key.isDirected }), learned.options.decisions.meanings
      )
    }
    let own = EdgeName(try decided([:]).edge)
    let (client, server) = isReversed ? (own.server, own.client) : (own.client, own.server)
    let written = EdgeName(
      client: client, server: server, port: 40000, transport: .tcp, isDirected: true)
    let alice = Decision(.accept, owner: "alice")
    let found = try decided([written: alice])
    #expect(found.edge.decision == (isMeant ? alice : nil))
    #expect(found.meanings == (isMeant ? [written: own] : [:]))
    // What was decided by its own name counts, and so does an edge that was seen to be opened.
    let bob = Decision(.reject, owner: "bob")
    let both = try decided([written: alice, own: bob])
    #expect(both.edge.decision == bob && both.meanings.isEmpty)
    let isOutside = client.hasPrefix("address")
    let (asking, asked) = isOutside ? ("203.0.113.7", Shop.api) : (Shop.api, "203.0.113.7")
    town.saw(asking, asked, 40000, .refused, times: 1)
    #expect(try decided([written: alice]).edge.decision == nil)
  }
}
