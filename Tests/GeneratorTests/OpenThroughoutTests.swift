import Testing
import Traffic

@testable import Generator

@Suite("What is open for long and that nobody can direct stops generation")
struct OpenThroughoutTests {
  private static let web = "10.244.0.10"
  private static let stranger = "203.0.113.7"

  /// A shop whose recording lasts this many minutes.
  private static func town(recordedFor minutes: Int64) -> Town {
    var town = Shop.town()
    town.facts.conversations = []
    town.saw(Shop.web, Shop.api, 8080, minute: 0)
    town.saw(Shop.web, Shop.api, 8080, minute: minutes)
    return town
  }

  /// One connection of which nobody saw the opening, at a port that nobody declares.
  private static func open(
    _ town: inout Town, from minute: Int64 = 0, for minutes: Int64, tier: Tier = .established
  ) {
    town.saw(
      Shop.db, stranger, 41_000, tier, times: 1, direction: .unknown,
      dialled: Socket(Town.ip(Shop.db), 6000), minute: minute, lasting: minutes)
  }

  private static func obstacles(_ town: Town) -> [String] {
    town.learned("payments").plan.obstacles.map(\.message)
  }

  struct Row: CustomTestStringConvertible {
    let recorded: Int64
    let held: Int64
    var tier = Tier.established
    let stops: Bool
    var testDescription: String { "\(held) of \(recorded) min, \(tier.name)" }
  }

  @Test(
    "ten minutes are long, and half of a recording that is shorter, but never less than a minute",
    arguments: [
      Row(recorded: 50, held: 50, stops: true), Row(recorded: 50, held: 10, stops: true),
      Row(recorded: 50, held: 9, stops: false), Row(recorded: 12, held: 6, stops: true),
      Row(recorded: 12, held: 5, stops: false), Row(recorded: 1, held: 1, stops: true),
      Row(recorded: 1, held: 0, stops: false), Row(recorded: 50, held: 50, tier: .used, stops: true),
      Row(recorded: 50, held: 50, tier: .refused, stops: false),
      Row(recorded: 50, held: 50, tier: .attempted, stops: false),
    ])
  func bound(row: Row) {
    var town = Self.town(recordedFor: row.recorded)
    Self.open(&town, for: row.held, tier: row.tier)
    #expect(Self.obstacles(town).count == (row.stops ? 1 : 0), "\(Self.obstacles(town))")
  }

  @Test("over an hour's turn it is as long as within the hour")
  func turn() {
    var town = Self.town(recordedFor: 90)
    Self.open(&town, from: 52, for: 30)
    #expect(Self.obstacles(town).count == 1)
  }

  /// Several of one row, which began at these two minutes and were seen no longer.
  private static func several(_ client: String, _ port: UInt16, _ direction: Direction, _ dialled: Socket?)
    throws -> [Fact]
  {
    var activity = Activity(at: Town.start)
    activity.note(Town.start.advanced(bySeconds: 1200))
    let key = Fact.Key(
      hour: activity.hour, recorder: "node-a", client: Town.ip(client), server: Town.ip(Shop.db), port: port,
      transport: .tcp, tier: .used, direction: direction, dialled: dialled)
    return [try #require(Fact(key: key, conversations: 2, activity: activity))]
  }

  @Test("of several nobody knows which was open for how long, unless all are one that was lost sight of")
  func several() throws {
    var town = Self.town(recordedFor: 50)
    town.facts.conversations += try Self.several("10.244.7.7", 5432, .opening, nil)
    #expect(Self.obstacles(town).isEmpty)
    town = Self.town(recordedFor: 50)
    let other = Socket(Town.ip(Self.stranger), 6000)
    town.facts.conversations += try Self.several(Self.stranger, 41_000, .unknown, other)
    #expect(Self.obstacles(town).count == 1)
  }

  @Test("an address that nobody can be named for stops generation as well once it talks for long")
  func nobody() {
    var town = Self.town(recordedFor: 50)
    town.saw("10.244.7.7", Shop.db, 5432, times: 1, minute: 0, lasting: 9)
    #expect(Self.obstacles(town).isEmpty)
    town.saw("10.244.7.7", Shop.db, 5432, times: 1, minute: 0, lasting: 10)
    #expect(
      Self.obstacles(town) == [
        "2 established conversations of `payments/db` on 5432/TCP, seen open for 10 min, come from "
          + "`10.244.7.7`: unknown: no pod is known to have held it"
      ])
  }

  @Test("both ends are named, and what would let generation go on")
  func words() throws {
    var town = Self.town(recordedFor: 50)
    Self.open(&town, for: 50)
    let one = try #require(town.learned("payments").plan.obstacles.first)
    #expect(
      one.message
        == "1 established conversation of `payments/db` on 6000/TCP, seen open for 50 min, comes from "
        + "`203.0.113.7`: no opening seen: nobody can tell which end asked")
    #expect(
      one.hint
        == "declare `containerPort: 6000` in the template of `payments/db` where it is asked there, or record until "
        + "the connection is opened anew, as when an end of it starts anew")
    town = Self.town(recordedFor: 50)
    town.saw(
      Shop.db, Self.stranger, 5671, .established, times: 1, direction: .unknown,
      dialled: Socket(Town.ip(Shop.db), 41_000), lasting: 40)
    let other = try #require(town.learned("payments").plan.obstacles.first)
    #expect(
      other.message.contains("of `payments/db`, seen open for 40 min, goes to `203.0.113.7` on 5671/TCP"))
    #expect(
      other.hint
        == "record until the connection is opened anew, as when `payments/db` starts anew, or declare the port as a "
        + "`containerPort` where `payments/db` is the one that is asked")
  }
}
