import Kubernetes
import Testing
import Traffic

@testable import Generator

@testable import struct Kubernetes.RunningPolicy

@Suite("The cluster's own policies explain what failed")
struct InForceTests {
  /// A shop in which nothing reaches the database but by this rule's port, from this minute on.
  private static func town(open port: UInt16? = nil, since minute: Int64 = -60, until end: Int64? = nil)
    -> Town
  {
    var town = Shop.town()
    town.facts = Facts()
    let rule = port.flatMap { PortRange($0) }.map {
      Rule(.anyone, .only(OneOrMore(.range(.tcp, $0))))
    }
    let policy = NetworkPolicy(
      namespace: "payments", name: "closed", subject: LabelSelector(["app": "db"]), isolates: .ingress,
      ingress: [rule].compactMap(\.self))
    func moment(_ minute: Int64) -> Instant { Town.start.advanced(bySeconds: minute * 60) }
    let meta = ObjectMeta(
      namespace: "payments", name: "closed", created: moment(minute), deleted: end.map(moment))
    town.objects.append(.policy(RunningPolicy(meta: meta, policy: policy)))
    return town
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var open: UInt16?
    var since: Int64 = -60
    var until: Int64?
    var port: UInt16 = 5432
    let tier: Tier
    let bin: Bin
    let reason: String?
    var remarks: [Remark] = []
    let testDescription: String
  }

  @Test(
    "an attempt that one denies is quarantined with its name, and what went through all the same is need",
    arguments: [
      Case(
        tier: .attempted, bin: .quarantined, reason: "denied by payments/closed", testDescription: "attempted"
      ),
      Case(
        tier: .refused, bin: .quarantined, reason: "denied by payments/closed", testDescription: "refused"),
      Case(
        tier: .answered, bin: .quarantined, reason: "denied by payments/closed", testDescription: "answered"),
      Case(tier: .used, bin: .learned, reason: nil, remarks: [.denied], testDescription: "used"),
      Case(open: 5432, tier: .used, bin: .learned, reason: nil, testDescription: "used and allowed"),
      Case(
        open: 5432, tier: .refused, bin: .quarantined, reason: "refused",
        testDescription: "refused and allowed"),
      Case(
        open: 5432, port: 22, tier: .attempted, bin: .quarantined, reason: "denied by payments/closed",
        testDescription: "another port"),
      Case(
        since: 60, tier: .attempted, bin: .quarantined, reason: "never established",
        testDescription: "the policy came later"),
      Case(
        since: 60, tier: .used, bin: .learned, reason: nil, remarks: [.denied],
        testDescription: "used, and the policy came later"),
      Case(until: 0, tier: .used, bin: .learned, reason: nil, testDescription: "the policy is gone"),
    ])
  func table(row: Case) throws {
    var town = Self.town(open: row.open, since: row.since, until: row.until)
    town.saw(Shop.api, Shop.db, row.port, row.tier)
    let edge = try #require(town.learned().edges.first)
    #expect(edge.bin == row.bin)
    #expect(edge.reason == row.reason)
    #expect(edge.remarks == row.remarks)
  }

  @Test("it says nothing of what others than it picks were denied")
  func others() throws {
    var town = Self.town()
    town.saw(Shop.db, Shop.api, 8080, .attempted)
    #expect(try #require(town.learned().edges.first).reason == "never established")
  }
}
