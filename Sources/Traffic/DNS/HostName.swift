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
      digest.add(UInt8(truncatingIfNeeded: label.count))
      for place in label { digest.add(NameWalk.lowered(frame.byte(place))) }
    }
    (one, other) = digest.end()
  }
}
