import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@Suite("Scanners are told by their first contacts")
struct FirstContactTests {
  private static let shell = "10.244.0.14"

  /// A town with so many workloads, each with one pod that answers on 8080, and a client.
  private static func town(_ doors: Int) -> Town {
    var town = Town()
    town.pod("payments", "shell", at: shell, labels: ["app": "shell"])
    for door in 0..<doors { town.deployment("shop", "w\(door)", at: [address(door)]) }
    return town
  }

  private static func address(_ door: Int) -> String { "10.244.1.\(door + 1)" }

  private static func scanned(_ town: Town) -> Int {
    town.learned().edges.filter { $0.reason.map(Scanners.isScan) ?? false }.count
  }

  @Test(
    "a client half of whose servers are down is none, in whatever order it comes to them",
    arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8])
  func flaky(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var town = Self.town(40)
    for (minute, door) in Array(0..<40).shuffled(using: &random).enumerated() {
      town.saw(
        Self.shell, Self.address(door), 8080, door < 20 ? .refused : .used, times: 1, minute: Int64(minute))
    }
    #expect(Self.scanned(town) == 0, "seed \(seed)")
  }

  @Test("one whose servers were down when it began is none, once more of them came up")
  func lateServers() {
    var town = Self.town(13)
    for door in 0..<13 {
      town.saw(
        Self.shell, Self.address(door), 8080, door < 6 ? .attempted : .used, times: 1, minute: Int64(door))
    }
    #expect(Self.scanned(town) == 0)
  }

  @Test(
    "one that finds doors closed now and then among open ones is none, though more were closed in the end")
  func nowAndThen() {
    var town = Self.town(11)
    for door in 0..<11 {
      town.saw(
        Self.shell, Self.address(door), 8080, door.isMultiple(of: 2) ? .refused : .used, times: 5,
        minute: Int64(door))
    }
    #expect(Self.scanned(town) == 0)
  }

  @Test("a scan of one door a day is found after the fifth closed one, and loses the open doors it found")
  func slow() {
    for days in [4, 5, 9] {
      var town = Self.town(10)
      for day in 0..<days {
        town.saw(Self.shell, Self.address(day), 22, .refused, times: 1, minute: Int64(day) * 1440)
      }
      town.saw(Self.shell, Self.address(9), 8080, .used, times: 1, minute: 20_000)
      #expect(Self.scanned(town) == (days < 5 ? 0 : days + 1), "\(days) days")
    }
  }

  @Test("a good beginning excuses no scan")
  func goodBeginning() {
    var town = Self.town(40)
    for door in 0..<10 { town.saw(Self.shell, Self.address(door), 8080, times: 50, minute: Int64(door)) }
    for door in 10..<30 {
      town.saw(Self.shell, Self.address(door), 8080, .refused, times: 1, minute: Int64(door))
    }
    town.saw(Self.shell, Self.address(30), 8080, .used, times: 1, minute: 30)
    let edges = town.learned().edges
    #expect(edges.filter { $0.reason.map(Scanners.isScan) ?? false }.count == 21)
    #expect(edges.filter { $0.bin == .learned }.count == 10, "its steady edges stay")
  }

  /// What a client did at each of some open doors.
  struct Opening: Sendable, CustomTestStringConvertible {
    var doors = 20
    var tier = Tier.established
    var times: UInt64 = 1
    var direction = Direction.opening
    /// How many other doors it used.
    var used = 0
    let isScan: Bool
    let testDescription: String
  }

  @Test(
    "opening twenty doors and saying nothing at any is a scan, though none was closed",
    arguments: [
      Opening(isScan: true, testDescription: "twenty doors"),
      Opening(doors: 19, isScan: false, testDescription: "nineteen doors"),
      Opening(tier: .used, isScan: false, testDescription: "a word at each"),
      Opening(times: 2, isScan: false, testDescription: "twice at each"),
      Opening(direction: .unknown, isScan: false, testDescription: "connections from before the recording"),
      Opening(used: 19, isScan: true, testDescription: "fewer doors that it uses"),
      Opening(used: 20, isScan: false, testDescription: "as many doors that it uses"),
    ])
  func silence(row: Opening) {
    var town = Self.town(row.doors + row.used)
    for door in 0..<row.doors {
      town.saw(
        Self.shell, Self.address(door), 8080, row.tier, times: row.times, direction: row.direction,
        minute: Int64(door))
    }
    for door in row.doors..<(row.doors + row.used) {
      town.saw(Self.shell, Self.address(door), 8080, .used, times: 1, minute: Int64(door))
    }
    #expect(Self.scanned(town) == (row.isScan ? row.doors : 0))
  }

  @Test("the order of facts makes no difference", arguments: [UInt64(11), 12, 13])
  func order(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var town = Self.town(30)
    for door in 0..<30 {
      let tier =
        [Tier.refused, .attempted, .answered, .established, .used].randomElement(using: &random) ?? .used
      // Some moments are the same.
      town.saw(
        Self.shell, Self.address(door), 8080, tier, times: 1, minute: Int64.random(in: 0..<10, using: &random)
      )
    }
    let lines = town.learned().edges.map { "\($0.key.server) \($0.reason ?? "")" }
    for _ in 0..<5 {
      town.facts.conversations.shuffle(using: &random)
      #expect(town.learned().edges.map { "\($0.key.server) \($0.reason ?? "")" } == lines, "seed \(seed)")
    }
  }
}
