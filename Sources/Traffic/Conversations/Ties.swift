/// Remembers for two seconds under which numbers a connection was seen, so that its other legs are known for the same.
///
/// Translation changes one end and leaves the other as it was, and it never changes sequence numbers or payload. A mark
/// is kept as 48 bits of its hash: two that share them are hardly met by chance, nor on purpose without the seed.
struct Ties: ~Copyable {
  /// What two legs of one connection have in common.
  struct Mark {
    /// The end that was not translated.
    let end: Socket
    /// The other one's part.
    let kind: Kind
    /// The initial sequence number or those of both sides, both numbers of a segment in the middle, or how a datagram
    /// begins.
    let numbers: UInt64

    /// That of legs of which a translation may have changed both ends.
    static func both(_ client: UInt32, _ server: UInt32) -> Mark {
      Mark(
        end: Socket(Address(bits: 0), 0), kind: .both, numbers: UInt64(client) << 32 | UInt64(server))
    }
  }

  enum Kind: UInt8 {
    case client
    case server
    case both
    case sender
    case receiver
    case datagram
  }

  /// The leg or exchange that showed a mark.
  struct Holder: BitwiseCopyable {
    let place: UInt32
    let serial: UInt32
    let instant: Instant
  }

  private let seed: HashSeed
  /// How many marks there may be; less than was wished for when there is no memory for more.
  private var largest: Int
  /// The marks in groups of eight, each a line of memory: 48 bits of hash above 16 of the clock's seconds, 0 where there
  /// is none.
  private var marks: LineArray<UInt64>
  /// Who showed them.
  private var holders: LineArray<Holder>
  /// How many marks were forgotten within the window, because the table may not grow any more.
  private(set) var forgotten: UInt64 = 0

  init(limit: Int, seed: HashSeed) {
    self.seed = seed
    largest = max(Self.group, min(limit, Self.largestLimit) / 4)
    marks = LineArray(repeating: 0, few: Self.group)
    holders = LineArray(repeating: Self.nobody, few: Self.group)
  }

  /// Asks for the memory that a mark will be looked for in.
  @inline(__always)
  func prepare(for mark: Mark) {
    let start = start(of: hash(mark) << 16)
    marks.prefetch(start)
    holders.prefetch(start)
    holders.prefetch(start + Self.group / 2)
  }

  /// Remembers a holder, and gives the one that showed the same mark less than two seconds before or after.
  mutating func exchange(_ holder: Holder, for mark: Mark) -> Holder? {
    let word = hash(mark) << 16 | Self.clock(holder.instant)
    while true {
      switch slot(for: word) {
      case .same(let index):
        let earlier = holders[index]
        put(word, holder, at: index)
        return Self.isWithin(earlier.instant, holder.instant) ? earlier : nil
      case .free(let index):
        put(word, holder, at: index)
        return nil
      case .none(let index):
        guard marks.count * 2 > largest else {
          grow(at: word)
          continue
        }
        put(word, holder, at: index)
        forgotten += 1
        return nil
      }
    }
  }

  private enum Slot {
    /// The mark is here.
    case same(Int)
    /// It is not here, but may be put here.
    case free(Int)
    /// It is not here, and all of its group are needed; this one would have to go.
    case none(Int)
  }

  private func slot(for word: UInt64) -> Slot {
    let start = start(of: word)
    for index in start..<start + Self.group where (word ^ marks[index]) >> 16 == 0 { return .same(index) }
    var oldest = (index: start, age: UInt16(0))
    for index in start..<start + Self.group {
      let age = Self.age(of: marks[index], at: word)
      if marks[index] == 0 || age > Self.oldestAge { return .free(index) }
      if age > oldest.age { oldest = (index, age) }
    }
    return .none(oldest.index)
  }

  /// Where a mark's group begins; there is a power of two of them.
  private func start(of word: UInt64) -> Int {
    Int(truncatingIfNeeded: word >> 24) & (marks.count - 1) & ~(Self.group - 1)
  }

  private mutating func put(_ word: UInt64, _ holder: Holder, at index: Int) {
    marks[index] = word
    holders[index] = holder
  }

  private mutating func grow(at word: UInt64) {
    guard var oldMarks = LineArray<UInt64>(repeating: 0, twiceAsManyAs: marks),
      var oldHolders = LineArray(repeating: Self.nobody, twiceAsManyAs: holders)
    else {
      largest = marks.count
      return
    }
    swap(&marks, &oldMarks)
    swap(&holders, &oldHolders)
    for number in 0..<oldMarks.count {
      let other = oldMarks[number]
      guard other != 0, Self.age(of: other, at: word) <= Self.oldestAge else { continue }
      // There is room: what shares a group now has shared one before.
      var index = start(of: other)
      while marks[index] != 0 { index += 1 }
      put(other, oldHolders[number], at: index)
    }
  }

  /// 48 bits, of which not all are 0.
  private func hash(_ mark: Mark) -> UInt64 {
    let end = UInt64(mark.end.port) << 8 | UInt64(mark.kind.rawValue)
    return max(1, seed.hash(mark.end.address, end, mark.numbers) >> 16)
  }

  private static func clock(_ instant: Instant) -> UInt64 {
    UInt64(UInt16(truncatingIfNeeded: instant.seconds))
  }

  /// Seconds between two marks, whichever was first, as well as sixteen bits tell.
  private static func age(of one: UInt64, at other: UInt64) -> UInt16 {
    let distance = UInt16(truncatingIfNeeded: one) &- UInt16(truncatingIfNeeded: other)
    return Swift.min(distance, 0 &- distance)
  }

  /// Whether two moments are so near that both may show one packet.
  static func isWithin(_ one: Instant, _ other: Instant) -> Bool {
    one <= other.advanced(bySeconds: window) && other <= one.advanced(bySeconds: window)
  }

  /// Seconds between two sightings of one packet, on one node, at most.
  static let window: Int64 = 2

  /// Whole seconds that two moments within the window may be apart.
  private static let oldestAge = UInt16(window)
  private static let nobody = Holder(place: 0, serial: 0, instant: .distantPast)
  private static let group = 8

  /// A mark, of twenty-four bytes, for every four conversations that there is room for.
  ///
  /// With the usual million that is enough for some 20,000 openings a second; beyond it the table counts what it
  /// forgets.
  private static let largestLimit = 1 << 30
}
