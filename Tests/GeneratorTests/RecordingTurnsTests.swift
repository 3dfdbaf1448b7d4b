import Kubernetes
import TestSupport
import Testing
import Traffic

@testable import Generator

@Suite("Recorders that took turns add up")
struct RecordingTurnsTests {
  private static let web = "10.244.0.10"
  private static let collector = "10.244.0.13"
  private static let stranger = "10.244.9.9"

  private static func shop() -> Town {
    var town = Town()
    town.deployment("web", "shop", at: [web])
    town.deployment(
      "payments", "stats", at: [collector], ports: [ContainerPort(number: 8125, transport: .udp)])
    return town
  }

  /// A recorder that recorded for some minutes of the first hour.
  private static func loss(_ recorder: String, _ minutes: ClosedRange<Int64>) -> Loss {
    Loss(
      recorder: recorder, interface: 0, from: Town.start.advanced(bySeconds: minutes.lowerBound * 60),
      until: Town.start.advanced(bySeconds: minutes.upperBound * 60 + 59), received: 1, dropped: nil)
  }

  /// Files of one minute each, of which everyone is learned by itself.
  private static func rotation() -> Town {
    var town = shop()
    for minute in Int64(0)..<30 {
      let file = "files-\(minute)"
      town.facts.losses.append(loss(file, minute...minute))
      town.saw(web, collector, 8125, .oneWay, times: 1, transport: .udp, recorder: file, minute: minute)
      town.saw(web, collector, 9000, times: 1, recorder: file, minute: minute)
      town.saw(stranger, collector, 9001, times: 1, recorder: file, minute: minute)
    }
    return town
  }

  @Test("files of a rotation that are learned one by one teach what they teach together")
  func rotated() throws {
    let apart = Self.rotation()
    var together = Self.shop()
    together.facts.losses = apart.facts.losses
    for fact in apart.facts.conversations {
      let key = fact.key
      together.saw(
        key.client.description, key.server.description, key.port, key.tier, times: 1,
        transport: key.transport, minute: Int64(fact.activity.first.minute))
    }
    let learned = apart.learned()
    #expect(learned.lines == together.learned().lines)
    #expect(learned.everyEdge.map(\.evidence.conversations) == [30, 30, 30])
    let bins = Dictionary(uniqueKeysWithValues: learned.everyEdge.map { ($0.port, $0) })
    #expect(bins[8125]?.bin == .learned && bins[9000]?.remarks == [])
    #expect(apart.learned("payments").plan.obstacles.count == 1)
  }

  @Test("no order of files, and no further copy of one, makes a difference")
  func anyOrder() {
    let town = Self.rotation()
    var random = SeededRandom(seed: 5)
    for _ in 0..<10 {
      var other = town
      other.facts.conversations.shuffle(using: &random)
      other.facts.losses.shuffle(using: &random)
      other.facts.losses.append(Self.loss("copy", 0...59))
      other.saw(Self.web, Self.collector, 9000, times: 2, recorder: "copy", minute: 7)
      #expect(other.learned().lines == town.learned().lines)
    }
  }

  @Test(
    "of what recorders saw at the same time the larger counts for one pair of addresses, and other pairs add up",
    arguments: [("node-b", 10), ("10.244.0.11", 20)] as [(String, UInt64)])
  func together(second: String, count: UInt64) {
    var town = Self.shop()
    let isMoved = second != "node-b"
    if isMoved {
      // The pod was made anew, and another machine's recorder has what it did since.
      town.deployment("web", "shop", at: [Self.web, second])
    }
    town.facts.losses = [Self.loss("node-a", 0...59), Self.loss("node-b", 0...59)]
    town.saw(Self.web, Self.collector, 9000, times: 10, recorder: "node-a", minute: 5)
    town.saw(
      isMoved ? second : Self.web, Self.collector, 9000, times: 10, recorder: "node-b", minute: 40)
    #expect(town.learned().everyEdge.map(\.evidence.conversations) == [count])
  }

  @Test("a recorder that does not say when it recorded may have seen what all others saw")
  func silent() {
    var town = Self.rotation()
    town.facts.losses = []
    #expect(Set(town.learned().everyEdge.map(\.evidence.conversations)) == [1])
  }

  @Test("a recorder that saw more than it says was at it for longer than it says")
  func widened() {
    var town = Self.shop()
    town.facts.losses = [Self.loss("a", 0...4), Self.loss("b", 5...9)]
    for recorder in ["a", "b"] {
      town.saw(Self.web, Self.collector, 9000, times: 2, recorder: recorder, minute: 7)
    }
    #expect(town.learned().everyEdge.map(\.evidence.conversations) == [2])
    town.facts.conversations.removeFirst()
    town.saw(Self.web, Self.collector, 9000, times: 2, recorder: "a", minute: 3)
    #expect(town.learned().everyEdge.map(\.evidence.conversations) == [4])
  }

  @Test("who took turns in one hour may have recorded together in the next")
  func nextHour() {
    var town = Self.shop()
    town.facts.losses = [Self.loss("a", 0...4), Self.loss("a", 65...90), Self.loss("b", 10...75)]
    for (recorder, minute) in [("a", 2), ("b", 20), ("a", 70), ("b", 71)] as [(String, Int64)] {
      town.saw(Self.web, Self.collector, 9000, times: 3, recorder: recorder, minute: minute)
    }
    #expect(town.learned().everyEdge.map(\.evidence.conversations) == [9])
  }

  @Test("the most that no two saw at the same time counts, as trying all of them shows", arguments: 1...40)
  func mostOfAll(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var losses: [Loss] = []
    var parts: [RecordingTurns.Part] = []
    let names = (0..<8).map { "recorder-\($0)" }
    for (place, name) in names.enumerated() {
      let begin = Int64.random(in: 0..<50, using: &random)
      losses.append(Self.loss(name, begin...begin + .random(in: 0..<9, using: &random)))
      let all = UInt64.random(in: 1...9, using: &random)
      parts.append(
        RecordingTurns.Part(
          recorder: UInt32(place),
          counts: Tally.Counts(all: all, established: .random(in: 0...all, using: &random))))
    }
    var turns = RecordingTurns(losses.shuffled(using: &random), of: names)
    let hour = try #require(
      Activity(
        first: Town.start, last: Town.start.advanced(bySeconds: 3599), minutes: 1 << 60 - 1))
    let taken = turns.enter(hour)
    var most: UInt64 = 0
    var mostEstablished: UInt64 = 0
    for choice in 1..<(1 << names.count) {
      let chosen = names.indices.filter { choice >> $0 & 1 == 1 }
      let isApart = chosen.allSatisfy { one in
        chosen.allSatisfy {
          one == $0 || losses[one].until < losses[$0].from || losses[$0].until < losses[one].from
        }
      }
      guard isApart else { continue }
      most = max(most, chosen.map { parts[$0].counts.all }.reduce(0, +))
      mostEstablished = max(mostEstablished, chosen.map { parts[$0].counts.established }.reduce(0, +))
    }
    let found = turns.together(parts.shuffled(using: &random))
    #expect(found.all == most && found.established == mostEstablished, "seed \(seed)")
    #expect(taken || most == parts.map(\.counts.all).max(), "seed \(seed)")
  }
}
