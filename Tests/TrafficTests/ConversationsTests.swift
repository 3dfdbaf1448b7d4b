import TestSupport
import Testing
import Traffic

@Suite("Conversations as rows of numbers")
struct ConversationsTests {
  private static let hour: Int64 = 490_000

  /// Facts in which every part of a key is now this and now that, in no order.
  private static func facts(seed: UInt64, count: Int = 200) -> [Fact] {
    var random = SeededRandom(seed: seed)
    return (0..<count).compactMap { _ in
      let hour = hour + .random(in: 0..<4, using: &random)
      let key = Fact.Key(
        hour: hour, recorder: ["node-a", "node-b"].randomElement(using: &random) ?? "",
        client: address(&random), server: address(&random), port: .random(in: 0 ... .max, using: &random),
        transport: Transport.allCases.randomElement(using: &random) ?? .tcp,
        tier: Tier.allCases.randomElement(using: &random) ?? .used,
        direction: Direction.allCases.randomElement(using: &random) ?? .unknown,
        dialled: Bool.random(using: &random)
          ? Socket(address(&random), .random(in: 0 ... .max, using: &random)) : nil,
        interface: .random(in: 0 ... .max, using: &random), part: .random(in: 0 ... .max, using: &random))
      var activity = Activity(at: moment(in: hour, &random))
      activity.note(moment(in: hour, &random))
      let lasting: Int64 = .random(in: -1_000..<1_000, using: &random)
      return Fact(
        key: key, conversations: .random(in: 1 ... .max, using: &random), activity: activity,
        lastMinute: activity.last.minutes + max(0, lasting))
    }
  }

  private static func address(_ random: inout SeededRandom) -> Address {
    Address(v4: 0x0A00_0000 + .random(in: 0..<9, using: &random))
  }

  private static func moment(in hour: Int64, _ random: inout SeededRandom) -> Instant {
    Instant(nanoseconds: hour * 3_600_000_000_000 + .random(in: 0..<3_600_000_000_000, using: &random))
  }

  @Test("they are the facts that they were made of, hour by hour", arguments: 1...20 as ClosedRange<UInt64>)
  func whole(seed: UInt64) {
    let facts = Self.facts(seed: seed)
    let conversations = Conversations(facts)
    #expect(conversations.count == facts.count)
    let found = conversations.facts
    #expect(found.map(\.key.hour) == facts.map(\.key.hour).sorted(), "seed \(seed)")
    #expect(Set(found) == Set(facts), "seed \(seed)")
  }

  @Test("portions in another order than that of hours are put into it")
  func order() {
    let whole = Conversations(Self.facts(seed: 3))
    let rows = whole.portions.flatMap(\.self)
    let turned = Conversations(
      [Array(rows.suffix(50)), Array(rows.dropLast(50))], addresses: whole.addresses,
      recorders: whole.recorders)
    #expect(turned.facts.map(\.key.hour) == rows.map(\.hour).sorted())
    #expect(Set(turned.facts) == Set(whole.facts))
  }

  @Test("a stretch of time keeps what has anything to do with it", arguments: 1...20 as ClosedRange<UInt64>)
  func within(seed: UInt64) {
    let facts = Self.facts(seed: seed)
    var random = SeededRandom(seed: seed + 100)
    let from = Self.moment(in: Self.hour + 1, &random)
    let until = Self.moment(in: Self.hour + 2, &random)
    let wanted = facts.filter { from.minutes <= $0.lastMinute && $0.activity.first <= until }
    #expect(wanted.contains { $0.activity.last < from })
    let found = Conversations(facts).within(from, until).facts
    #expect(Set(found) == Set(wanted) && found.count < facts.count && !found.isEmpty, "seed \(seed)")
    #expect(Conversations(facts).within(.distantPast, .distantFuture).count == facts.count)
  }

  @Test("who was asked is known by address and port")
  func reach() throws {
    let fact = try #require(Self.facts(seed: 1).first)
    let conversations = Conversations([fact])
    #expect(conversations.reach(Socket(fact.key.server, fact.key.port)))
    #expect(!conversations.reach(Socket(fact.key.server, fact.key.port ^ 1)))
    #expect(!conversations.reach(Socket(Address(v4: 1), fact.key.port)))
  }

  @Test("none is no conversation at all")
  func none() {
    let none = Conversations([Fact]())
    #expect(none.count == 0 && none.lastHours.last == nil && none.facts.isEmpty)
    #expect(none.last(in: none.lastHours) == nil)
  }

  @Test("the longest row takes no more than a line of a processor's cache, and comes back")
  func longest() throws {
    let fact = try #require(Self.facts(seed: 1, count: 1).first)
    for lasting in [0, 1, 0xFFFF, 0x1_0000, 0xFF_FFFF, 0x100_0000, .max] as [Int64] {
      let minute = fact.activity.last.minutes
      let long = try #require(
        Fact(
          key: fact.key, conversations: 1, activity: fact.activity,
          lastMinute: lasting == .max ? .max : minute + lasting))
      #expect(long.lastMinute == minute + min(lasting, 0xFF_FFFF))
      #expect(Conversations([long]).facts == [long])
    }
    #expect(MemoryLayout<Conversations.Row>.stride == 64)
  }

  @Test("times are counted back from the last packet, and not from one of another age")
  func last() throws {
    let hour = Self.hour
    func fact(_ hour: Int64, _ host: UInt32, lasting: Int64 = 0) throws -> Fact {
      let moment = Instant(seconds: hour * 3600 + 90)
      let key = Fact.Key(
        hour: hour, recorder: "a", client: Address(v4: host), server: Address(v4: 9), port: 80,
        transport: .tcp, tier: .used, direction: .opening)
      return try #require(
        Fact(
          key: key, conversations: 1, activity: Activity(at: moment), lastMinute: moment.minutes + lasting))
    }
    var facts = try (1...6).map { try fact(hour, $0) }
    let conversations = Conversations(facts)
    #expect(conversations.last(in: conversations.lastHours) == Instant(seconds: hour * 3600 + 90))
    facts.append(try fact(hour - 5, 7, lasting: 600))
    let busy = Conversations(facts)
    #expect(busy.last(in: busy.lastHours) == Instant(seconds: (hour + 5) * 3600 + 60))
    facts.append(try fact(hour + 30 * 24 + 5, 8))
    let stray = Conversations(facts)
    #expect(stray.lastHours.alone == [hour + 30 * 24 + 5])
    #expect(stray.last(in: stray.lastHours) == Instant(seconds: (hour + 5) * 3600 + 60))
  }
}
