import Kubernetes
import Testing
import Traffic

@testable import Generator

@Suite("What nobody answers, and somebody refuses at times")
struct UnansweredMinutesTests {
  private static let client = "10.244.0.31"
  private static let collector = "10.244.0.32"

  /// A pod that sends, and one that declares the port it listens on.
  private static func collected(on port: UInt16) -> Town {
    var town = Town()
    town.deployment("payments", "client", at: [client])
    town.deployment(
      "payments", "collector", at: [collector], ports: [ContainerPort(number: port, transport: .udp)])
    return town
  }

  struct Minutes: CustomTestStringConvertible {
    /// A letter a minute: what came back from what was sent in it.
    ///
    /// `.` is nothing, `x` a refusal, `m` both, from sockets of which only some heard it, a blank that nothing was sent.
    let sent: String
    var isDeclared = true
    let bin: Bin
    let reason: String?
    var testDescription: String { "`\(sent)`" }
  }

  @Test(
    "a port that was closed for a while is no closed port",
    arguments: [
      Minutes(sent: "........", bin: .learned, reason: nil),
      Minutes(sent: "....x...", bin: .learned, reason: nil),
      Minutes(sent: "xx.....", bin: .learned, reason: nil),
      Minutes(sent: "x..", bin: .learned, reason: nil),
      // Once is no repetition, and as often as not is no need.
      Minutes(sent: "x.", bin: .quarantined, reason: "refused"),
      Minutes(sent: "xx..", bin: .quarantined, reason: "refused"),
      Minutes(sent: "xxxxxxxx", bin: .quarantined, reason: "refused"),
      Minutes(sent: "x x  x x", bin: .quarantined, reason: "refused"),
      // A refusal was lost now and then.
      Minutes(sent: "xx.xxx.x", bin: .quarantined, reason: "refused"),
      // A host says so once a second: most of a thousand sockets hear nothing, in no minute all of them.
      Minutes(sent: "mmmmmmmm", bin: .quarantined, reason: "refused"),
      Minutes(sent: "....x...", isDeclared: false, bin: .quarantined, reason: "refused"),
    ])
  func closedForAWhile(row: Minutes) throws {
    var town = Self.collected(on: row.isDeclared ? 514 : 515)
    for (minute, letter) in row.sent.enumerated() where letter != " " {
      let (quiet, loud): (UInt64, UInt64) =
        switch letter {
        case "x": (0, 1)
        case "m": (940, 60)
        default: (1, 0)
        }
      for (times, tier) in [(quiet, Tier.oneWay), (loud, .refused)] where times > 0 {
        town.saw(
          Self.client, Self.collector, 514, tier, times: times, transport: .udp, direction: .firstSender,
          minute: Int64(minute))
      }
    }
    let edge = try #require(town.learned().edges.first)
    #expect(edge.bin == row.bin)
    #expect(edge.reason == row.reason)
    let isMixed = row.bin == .learned && row.sent.contains("x")
    #expect(edge.remarks.contains(.refusedAtTimes) == isMixed)
    #expect(town.learned().edges.count == 1)
  }

  @Test("a minute that one recorder or one address saw refused is refused, whatever others saw of it")
  func refusedMinutesOfMany() throws {
    var town = Self.collected(on: 514)
    for minute in Int64(0)..<6 {
      town.saw(Self.client, Self.collector, 514, .oneWay, transport: .udp, recorder: "node-a", minute: minute)
      town.saw(
        Self.client, Self.collector, 514, .refused, transport: .udp, recorder: "node-b", minute: minute)
    }
    let evidence = try #require(town.learned().edges.first?.evidence)
    #expect(evidence.unrefusedMinutes == 0 && evidence.refusedMinutes == 6)
    #expect(town.learned().edges.map(\.bin) == [.quarantined])
    // What nobody refused of TCP was not answered either.
    town.saw(Self.client, Self.collector, 5140, .attempted, minute: 1)
    #expect(town.learned().edges.first { $0.transport == .tcp }?.evidence.unrefusedMinutes == 0)
  }
}
