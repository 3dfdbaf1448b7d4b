/// A name that was asked for; its number is its place.
struct HostName: Slotted {
  /// 128 bits of a seeded hash, which no two names share: not by chance, nor on purpose without the seed.
  struct Key: SlotKey {
    fileprivate let one: UInt64
    fileprivate let other: UInt64

    @inline(__always)
    func hash(_ seed: HashSeed) -> UInt64 { one }
  }

  let key: Key
  var serial: UInt32 = 0

  static let vacant = HostName(key: Key(one: 0, other: 0))
}

extension HostName.Key {
  /// The key of the name at `offset` of a message, whatever its letters' case; it was found to keep the rules.
  init(_ frame: RawSpan, at offset: Int, in message: Range<Int>, seed: HashSeed) {
    var walk = NameWalk(at: offset, in: message)
    var digest = seed.digest()
    while let label = walk.next(frame) {
      digest.add(UInt64(truncatingIfNeeded: label.count))
      var place = label.lowerBound
      while place < label.upperBound {
        let count = min(8, label.upperBound - place)
        digest.add(Self.lowered(Self.word(frame, place, count: count)))
        place += count
      }
    }
    (one, other) = digest.end()
  }

  /// Up to eight bytes as one number.
  private static func word(_ frame: RawSpan, _ place: Int, count: Int) -> UInt64 {
    if place + 8 <= frame.byteCount {
      let word = UInt64(frame.number32(place)) << 32 | UInt64(frame.number32(place + 4))
      return word >> UInt64(64 - 8 * count)
    }
    var word: UInt64 = 0
    for place in place..<place + count { word = word << 8 | UInt64(frame.byte(place)) }
    return word
  }

  /// Eight bytes with small letters for capital ones.
  private static func lowered(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let low = word & (0x7F * ones)
    // The highest bit of each byte tells whether it is at least `A`, and whether it is beyond `Z`.
    let fromA = low + (0x80 - 0x41) * ones
    let beyondZ = low + (0x80 - 0x5B) * ones
    let capitals = fromA & ~beyondZ & ~word & (0x80 * ones)
    return word | capitals >> 2
  }
}
