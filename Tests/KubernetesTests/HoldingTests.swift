import TestSupport
import Testing
import Traffic

@testable import Kubernetes

@Suite("Pods that come back, clocks that were set, addresses of both families")
struct HoldingTests {
  /// A pod as it tells its times; its identity is its own, whatever its name.
  fileprivate struct Told: Sendable {
    let id: String
    let name: String
    let addresses: [String]
    let from: String
    var until: String?

    init(_ id: String, _ name: String, _ addresses: [String], _ from: String, _ until: String? = nil) {
      self.id = id
      self.name = name
      self.addresses = addresses
      self.from = from
      self.until = until
    }

    func pod() throws -> Pod {
      let from = try #require(Instant(from))
      let until = try until.map { try #require(Instant($0)) }
      return Pod(
        meta: ObjectMeta(namespace: "n", name: name, uid: id, created: from), usesHostNetwork: false,
        ports: [],
        probes: [], addresses: try addresses.map { try #require(Address($0)) }, started: from,
        finished: until,
        isOver: until != nil)
    }
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let pain: String
    fileprivate let pods: [Told]
    /// Address, moment, and the identities of who may have held it then.
    let asked: [(String, String, [String])]

    var testDescription: String { pain }

    fileprivate init(_ pain: String, _ pods: [Told], _ asked: [(String, String, [String])]) {
      self.pain = pain
      self.pods = pods
      self.asked = asked
    }
  }

  private static let (v4, v6) = ("10.0.0.1", "fd00::1")

  static let cases = [
    Case(
      "a pod of both families gives back both, and the next one takes but one",
      [
        Told("a", "a", [v4, v6], "2026-11-20T09:00:00Z", "2026-11-20T09:10:00Z"),
        Told("b", "b", [v6], "2026-11-20T09:20:00Z"),
      ],
      [
        (v4, "2026-11-20T09:05:00Z", ["a"]), (v6, "2026-11-20T09:05:00Z", ["a"]),
        (v4, "2026-11-20T09:30:00Z", []), (v6, "2026-11-20T09:30:00Z", ["b"]),
      ]),
    Case(
      "a pod that is made again under its name is another pod, and has another address",
      [
        Told("old", "db-0", [v4], "2026-11-20T09:00:00Z", "2026-11-20T09:10:00Z"),
        Told("new", "db-0", ["10.0.0.2"], "2026-11-20T09:10:20Z"),
      ],
      [
        (v4, "2026-11-20T09:05:00Z", ["old"]), (v4, "2026-11-20T09:15:00Z", []),
        ("10.0.0.2", "2026-11-20T09:05:00Z", []), ("10.0.0.2", "2026-11-20T09:15:00Z", ["new"]),
      ]),
    Case(
      "a StatefulSet's pod that keeps its name and its address for months is each of its lives in turn",
      [
        Told("january", "db-0", [v4], "2026-01-05T00:00:00Z", "2026-03-29T00:59:58Z"),
        Told("april", "db-0", [v4], "2026-03-29T03:00:01+02:00", "2026-10-25T00:59:59Z"),
        Told("november", "db-0", [v4], "2026-10-25T02:00:07+01:00"),
      ],
      [
        (v4, "2026-01-04T23:59:54Z", []), (v4, "2026-01-04T23:59:56Z", ["january"]),
        (v4, "2026-02-14T12:00:00Z", ["january"]), (v4, "2026-03-29T00:59:58Z", ["january"]),
        (v4, "2026-03-29T01:00:00Z", ["april", "january"]), (v4, "2026-03-29T01:00:01Z", ["april"]),
        (v4, "2026-08-01T12:00:00Z", ["april"]), (v4, "2026-10-25T01:00:01Z", ["april"]),
        (v4, "2026-10-25T01:00:03Z", ["april", "november"]), (v4, "2026-10-25T01:00:07Z", ["november"]),
        (v4, "2027-05-01T00:00:00Z", ["november"]),
      ]),
    Case(
      "a clock that was set back lets a pod end before it began: it has but the seconds around its beginning",
      [
        Told("a", "a", [v4], "2026-11-20T09:00:00Z", "2026-11-20T08:30:00Z"),
        Told("b", "b", [v4], "2026-11-20T09:30:00Z"),
      ],
      [
        (v4, "2026-11-20T08:45:00Z", []), (v4, "2026-11-20T09:00:03Z", ["a"]),
        (v4, "2026-11-20T09:10:00Z", []), (v4, "2026-11-20T09:40:00Z", ["b"]),
      ]),
    Case(
      "two clocks that differ let two pods overlap: only the overlap is in doubt",
      [
        Told("a", "a", [v4], "2026-11-20T09:00:00Z", "2026-11-20T09:10:04Z"),
        Told("b", "b", [v4], "2026-11-20T09:10:00Z", "2026-11-20T09:20:00Z"),
      ],
      [
        (v4, "2026-11-20T09:09:59Z", ["a"]), (v4, "2026-11-20T09:10:00Z", ["a", "b"]),
        (v4, "2026-11-20T09:10:04.9Z", ["a", "b"]), (v4, "2026-11-20T09:10:05Z", ["b"]),
        (v4, "2026-11-20T09:20:04Z", ["b"]), (v4, "2026-11-20T09:20:06.1Z", []),
      ]),
    Case(
      "slack at both ends stops at the other's time, from whichever side it comes",
      [
        Told("a", "a", [v4], "2026-11-20T09:00:00Z", "2026-11-20T09:10:00Z"),
        Told("b", "b", [v4], "2026-11-20T09:10:01Z", "2026-11-20T09:10:02Z"),
        Told("c", "c", [v4], "2026-11-20T09:10:03Z"),
      ],
      [
        (v4, "2026-11-20T09:10:00.9Z", ["a"]), (v4, "2026-11-20T09:10:01Z", ["b"]),
        (v4, "2026-11-20T09:10:02.9Z", ["b"]), (v4, "2026-11-20T09:10:03Z", ["c"]),
        (v4, "2026-11-20T09:10:04Z", ["c"]),
      ]),
  ]

  @Test("the pain", arguments: cases)
  func holding(of row: Case) throws {
    let inventory = Inventory(try row.pods.shuffled().map { .pod(try $0.pod()) })
    let roster = Roster(inventory)
    for (address, moment, expected) in row.asked {
      let holder = roster.holder(of: try #require(Address(address)), at: try #require(Instant(moment)))
      let found: [Int] =
        switch holder {
        case .pod(let pod): [pod]
        case .either(let pods): pods
        case .nobody: []
        }
      #expect(found.map { inventory.pods[$0].meta.uid }.sorted() == expected, "\(address) at \(moment)")
    }
  }
}
