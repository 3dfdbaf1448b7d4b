@testable import FlowStore
import TestSupport
import Testing
import Traffic

@Suite struct TallyTests {
  private struct Kept: CustomTestStringConvertible {
    let conversations: Int64
    /// In nanoseconds.
    var first: Int64 = 0
    var span: Int64 = 0
    var minutes: UInt64 = 0
    /// In minutes.
    var lasting: Int64 = 0
    let bytes: [UInt8]
    var testDescription: String {
      "\(conversations) from \(first) for \(span) in \(String(minutes, radix: 2)) and \(lasting) minutes more"
    }
  }

  private static let kept = [
    Kept(conversations: 0, bytes: [0, 0, 0]), Kept(conversations: 1, bytes: [1, 0, 0]),
    Kept(conversations: 127, bytes: [0x7F, 0, 0]), Kept(conversations: 128, bytes: [0x80, 1, 0, 0]),
    Kept(
      conversations: .max, bytes: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0]),
    // In microseconds, in nanoseconds.
    Kept(conversations: 1, first: 1_000, bytes: [1, 4, 0]),
    Kept(conversations: 1, first: 1, bytes: [1, 5, 0]),
    Kept(conversations: 2, first: 1_000, span: 1, bytes: [2, 0xA1, 0x1F, 1]),
    Kept(conversations: 2, first: 0, span: 5_000, bytes: [2, 0, 5]),
    // The second of four minutes, then all, then none, then all but the third.
    Kept(
      conversations: 3, span: 180_000_000_000, minutes: 0b0010, bytes: [3, 0, 0x80, 0xAA, 0xEA, 0x55, 1]),
    Kept(conversations: 4, span: 180_000_000_000, minutes: 0b0110, bytes: [4, 2, 0x80, 0xAA, 0xEA, 0x55]),
    Kept(conversations: 2, span: 180_000_000_000, bytes: [2, 0, 0x80, 0xAA, 0xEA, 0x55]),
    Kept(
      conversations: 9, first: 3_420_000_000_000, span: 179_999_999_000, minutes: 1 << 58,
      bytes: [9, 0x82, 0xF8, 0x90, 0xFB, 0x32, 0xFF, 0xA9, 0xEA, 0x55]),
    // Seen a minute later, thirty years later, and in nanoseconds.
    Kept(conversations: 1, lasting: 1, bytes: [1, 0x80, 0xA0, 0xBA, 0xD2, 0x35, 0, 1]),
    Kept(
      conversations: 1, first: 1_000, lasting: 0xFF_FFFF,
      bytes: [1, 0x84, 0xA0, 0xBA, 0xD2, 0x35, 0, 0xFF, 0xFF, 0xFF, 7]),
    Kept(
      conversations: 3, first: 1, span: 180_000_000_000, minutes: 0b0010, lasting: 128,
      bytes: [
        3, 0x85, 0x80, 0x8A, 0x97, 0x8C, 0xA3, 3, 0x80, 0x90, 0xD8, 0xC6, 0x9E, 5, 0x80, 1, 1,
      ]),
  ]

  @Test("what lasts for no time, for longer than thirty years, or ends too early, is no tally")
  func noTally() {
    for lasting in [[0], [0x80, 0x80, 0x80, 8], [0x80], []] as [[UInt8]] {
      #expect(tally(of: [1, 0x80, 0xA0, 0xBA, 0xD2, 0x35, 0] + lasting) == nil)
    }
  }

  @Test(arguments: kept)
  private func `what a tally's bytes are never changes`(kept: Kept) throws {
    let tally = try #require(
      Tally(
        conversations: kept.conversations, first: kept.first, span: kept.span, minutes: kept.minutes,
        lasting: kept.lasting))
    #expect(bytes(of: tally) == kept.bytes)
    #expect(self.tally(of: kept.bytes) == tally)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `every tally comes back as it was, in no more than thirty-four bytes`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<5_000 {
      let unit: Int64 = random.below(2) == 0 ? 1_000 : 1
      let first = Int64.random(in: 0..<Tally.hour, using: &random) / unit * unit
      let span =
        random.below(4) == 0 ? 0 : Int64.random(in: 0..<Tally.hour - first, using: &random) / unit * unit
      // Few minutes, many and any.
      let some = UInt64.random(in: 0..<1 << 60, using: &random)
      let choices: [UInt64] = [
        0, some, some & some >> 7 & some >> 13, some | some >> 7 | some >> 13, 1 << 60 &- 1,
      ]
      let minutes = choices[random.below(5)]
      let counts: [Int64] = [0, 1, Int64(random.below(1_000)), .max]
      let tally = try #require(
        Tally(
          conversations: counts[random.below(4)], first: first, span: span, minutes: minutes,
          lasting: [0, 1, Int64(random.below(10_000)), Tally.longest][random.below(4)]))
      let bytes = self.bytes(of: tally)
      #expect(bytes.count <= 34)
      #expect(self.tally(of: bytes) == tally, "seed \(seed), \(tally)")
    }
  }

  @Test func `any bytes are a tally or none`() {
    var random = SeededRandom(seed: 1)
    var found = 0
    for _ in 0..<100_000 {
      let bytes = (0..<random.below(14)).map { _ in
        UInt8(random.below(4) == 0 ? random.below(256) : random.below(8))
      }
      guard let tally = self.tally(of: bytes) else { continue }
      found += 1
      #expect(tally.first >= 0 && tally.span >= 0 && tally.first + tally.span < Tally.hour)
      #expect(self.tally(of: self.bytes(of: tally)) == tally)
    }
    #expect(found > 100)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `added and united say what activities merged say`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    func activity() -> Activity {
      var activity = Activity(at: at(Int64(random.below(3600))))
      for _ in 0..<random.below(6) {
        activity.note(at(Int64(random.below(3600)), nanoseconds: Int64(random.below(3))))
      }
      return activity
    }
    for _ in 0..<500 {
      let (one, other) = (activity(), activity())
      let (few, many) = (UInt64(random.below(9)), UInt64(random.below(2) == 0 ? 9 : Int.max))
      var both = one
      both.merge(other)
      let ends = (0..<2).map { _ in morning.minutes + Int64(random.below(300)) }
      let left = Tally(one, conversations: few, lastMinute: ends[0])
      let right = Tally(other, conversations: many, lastMinute: ends[1])
      let end = max(ends[0], ends[1])
      #expect(
        left.added(to: right) == Tally(both, conversations: few.saturatingPlus(many), lastMinute: end))
      #expect(right.united(with: left) == Tally(both, conversations: max(few, many), lastMinute: end))
      #expect(left.activity(hour: morning.hour) == one)
    }
  }

  @Test func `an hour that no moment has gives no activity`() throws {
    let tally = try #require(Tally(conversations: 1, first: 0, span: 0, minutes: 0))
    #expect(tally.activity(hour: .max) == nil)
    #expect(tally.activity(hour: 1 << 40) == nil)
    #expect(tally.activity(hour: morning.hour) == Activity(at: morning))
  }

  private func bytes(of tally: Tally) -> [UInt8] {
    TallyBytes(tally).look { bytes in bytes.indices.map { bytes[$0] } }
  }

  private func tally(of bytes: [UInt8]) -> Tally? { Tally(bytes.span) }
}
