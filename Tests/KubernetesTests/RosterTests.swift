import TestSupport
import Testing
import Traffic

@testable import Kubernetes

@Suite("Who held an address when")
struct RosterTests {
  private static let address = Address(v4: 0x0AF4_0111)

  private static func at(_ time: String) throws -> Instant {
    try #require(Instant("2026-11-20T\(time)Z"))
  }

  private static func pod(
    _ name: String, from: String, until: String? = nil, isOver: Bool = false, host: Bool = false
  ) throws -> Pod {
    let ended = try until.map { try at($0) }
    return Pod(
      meta: ObjectMeta(namespace: "n", name: name, created: try at(from), deleted: isOver ? nil : ended),
      usesHostNetwork: host, ports: [], probes: [], addresses: [address], started: try at(from),
      finished: isOver ? ended : nil, isOver: isOver)
  }

  private static func inventory(_ pods: [Pod]) -> Inventory { Inventory(pods.map { .pod($0) }) }

  @Test(
    "two pods one after the other: each has its time, and what is between is nobody's in particular",
    arguments: [
      ("09:00:30", "nobody"), ("09:00:41", "a"), ("09:00:50", "a"), ("09:01:09", "a"), ("09:01:10", "a"),
      ("09:01:11", "a or b"), ("09:01:12", "b"), ("09:59:00", "b"),
    ])
  func handover(time: String, expected: String) throws {
    let inventory = Self.inventory([
      try Self.pod("a", from: "09:00:45", until: "09:01:10", isOver: true),
      try Self.pod("b", from: "09:01:12"),
    ])
    let found: String =
      switch Roster(inventory).holder(of: Self.address, at: try Self.at(time)) {
      case .pod(let pod): inventory.pods[pod].meta.name
      case .either(let pods): pods.map { inventory.pods[$0].meta.name }.joined(separator: " or ")
      case .nobody: "nobody"
      }
    #expect(found == expected)
  }

  @Test("a pod without an end ends where the next one begins")
  func nextOwner() throws {
    let inventory = Self.inventory([
      try Self.pod("a", from: "09:00:00"), try Self.pod("b", from: "09:10:00"),
    ])
    let roster = Roster(inventory)
    #expect(roster.holder(of: Self.address, at: try Self.at("09:09:59")) == .pod(0))
    #expect(roster.holder(of: Self.address, at: try Self.at("09:10:00")) == .pod(1))
  }

  @Test("of two pods that began together and have not ended nobody is preferred")
  func together() throws {
    let inventory = Self.inventory([try Self.pod("a", from: "09:00:00"), try Self.pod("b", from: "09:00:00")])
    #expect(Roster(inventory).holder(of: Self.address, at: try Self.at("09:30:00")) == .either([0, 1]))
  }

  @Test("slack does not reach into another pod's time")
  func slackStops() throws {
    let inventory = Self.inventory([
      try Self.pod("a", from: "09:00:00", until: "09:05:00", isOver: true),
      try Self.pod("b", from: "09:05:00"),
    ])
    let roster = Roster(inventory)
    #expect(roster.holder(of: Self.address, at: try Self.at("09:04:58")) == .pod(0))
    #expect(roster.holder(of: Self.address, at: try Self.at("09:05:02")) == .pod(1))
  }

  @Test("a pod in its node's network holds no address")
  func hostNetwork() throws {
    let roster = Roster(Self.inventory([try Self.pod("a", from: "09:00:00", host: true)]))
    #expect(!roster.knows(Self.address))
  }

  @Test("a pod that is over without a time holds its address no longer")
  func overWithoutTime() throws {
    let roster = Roster(Self.inventory([try Self.pod("a", from: "09:00:00", isOver: true)]))
    #expect(roster.holder(of: Self.address, at: try Self.at("09:30:00")) == .nobody)
  }

  @Test("an hour with one change: the first and the last moment have their holders, a whole minute its own")
  func shares() throws {
    let inventory = Self.inventory([
      try Self.pod("a", from: "09:00:00", until: "09:30:20", isOver: true),
      try Self.pod("b", from: "09:30:40"),
    ])
    var activity = Activity(at: try Self.at("09:10:00"))
    for time in ["09:20:00", "09:30:30", "09:40:00", "09:50:00"] { activity.note(try Self.at(time)) }
    let shares = Roster(inventory).shares(of: Self.address, during: activity)
    #expect(shares.map(\.holder) == [.pod(0), .either([0, 1]), .pod(1)])
    #expect(shares.map(\.weight) == [2, 1, 2])
    #expect(
      shares.map(\.first) == [try Self.at("09:10:00"), try Self.at("09:30:00"), try Self.at("09:40:00")])
    #expect(shares.last?.last == activity.last)
  }

  @Test(
    "whoever else held the address in the minute of the first or the last moment may have been there",
    arguments: [("09:10:05", "09:10:55"), ("09:10:05", "09:30:00"), ("08:30:00", "09:10:55")])
  func thirdHolder(first: String, last: String) throws {
    let inventory = Self.inventory([
      try Self.pod("a", from: "08:00:00", until: "09:10:15", isOver: true),
      try Self.pod("b", from: "09:10:20", until: "09:10:35", isOver: true),
      try Self.pod("c", from: "09:10:40"),
    ])
    let roster = Roster(inventory)
    let begin = max(try Self.at(first), try Self.at("09:00:00"))
    var activity = Activity(at: begin)
    activity.note(try Self.at(last))
    let shares = roster.shares(of: Self.address, during: activity)
    #expect(shares.map(\.holder) == [.pod(0), .pod(2), .either([0, 1, 2])])
    #expect(shares.map(\.mayBeStranger) == [false, false, false])
    // Of two that follow each other nobody else is in question.
    var before = Activity(at: try Self.at("09:10:05"))
    before.note(try Self.at("09:10:30"))
    #expect(roster.shares(of: Self.address, during: before).map(\.holder) == [.pod(0), .pod(1)])
  }

  @Test("a share that the first minute adds to reaches from there to where it reached, and ends no earlier")
  func sharesReach() throws {
    let leases = [
      (0, "09:00:00", "09:00:30"), (1, "09:00:30", "09:00:50"), (0, "09:00:50", "09:05:20"),
      (1, "09:05:20", "09:10:00"), (2, "09:10:00", "09:59:00"),
    ]
    let roster = Roster([
      Self.address: try leases.map { Lease(pod: $0, from: try Self.at($1), until: try Self.at($2)) }
    ])
    var activity = Activity(at: try Self.at("09:00:10"))
    for time in ["09:05:10", "09:10:30"] { activity.note(try Self.at(time)) }
    let shares = roster.shares(of: Self.address, during: activity)
    #expect(shares.map(\.holder) == [.pod(0), .either([0, 1]), .pod(2)])
    #expect(shares[1].first == activity.first)
    // The next minute is no part of it.
    #expect(shares[1].last == Instant(nanoseconds: try Self.at("09:06:00").nanoseconds - 1))
  }

  @Test("fifty owners of one address within an hour: nobody gets another's moment")
  func fiftyOwners() throws {
    let start = try Self.at("09:00:00")
    let pods = (0..<50).map { index in
      let from = start.advanced(bySeconds: Int64(index) * 60)
      return Pod(
        meta: ObjectMeta(namespace: "n", name: "p\(index)", created: from), usesHostNetwork: false, ports: [],
        probes: [], addresses: [Self.address], started: from, finished: from.advanced(bySeconds: 40),
        isOver: true)
    }
    let inventory = Self.inventory(pods.shuffled())
    let roster = Roster(inventory)
    for second in 0..<3000 {
      let moment = start.advanced(bySeconds: Int64(second))
      let owner = second % 60 < 40 ? "p\(second / 60)" : nil
      switch roster.holder(of: Self.address, at: moment) {
      case .pod(let pod):
        // Within slack of one pod only, the moment is that pod's; it is never a pod's that runs elsewhere then.
        let name = inventory.pods[pod].meta.name
        #expect(owner == nil || owner == name, "second \(second) went to \(name)")
      case .either, .nobody:
        #expect(owner == nil, "second \(second) is \(owner ?? "")'s")
      }
    }
  }
}
