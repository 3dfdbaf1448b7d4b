/// Numbers for keys of two words, in the order in which they are met: one look for each, known or new.
///
/// Keys hold addresses that somebody else chose. So where a key lies depends on a seed that differs from run to run, as it
/// does in a dictionary; the numbers never depend on it.
struct KeyNumbering {
  private var keys: [Key] = []
  /// One more than the number of the key that lies there, 0 where none does; twice as many as keys at least.
  private var slots: [UInt32]
  private let seed: (UInt64, UInt64)

  private struct Key: BitwiseCopyable {
    let high: UInt64
    let low: UInt64
  }

  /// None yet, with room for so many.
  init(expecting count: Int = 0) {
    var room = 64
    while room < count * 2 { room *= 2 }
    slots = Array(repeating: 0, count: room)
    keys.reserveCapacity(count)
    // What a hasher of this run makes of nothing and of something; an odd factor loses no bit.
    var other = Hasher()
    other.combine(1)
    seed = (
      UInt64(truncatingIfNeeded: Hasher().finalize()), UInt64(truncatingIfNeeded: other.finalize()) | 1
    )
  }

  /// How many keys were met: the number that the next new one gets.
  var count: Int { keys.count }

  /// The number of a key.
  mutating func number(of high: UInt64, _ low: UInt64 = 0) -> UInt32 {
    var place = start(of: high, low)
    while slots[place] > 0 {
      let number = slots[place] - 1
      if keys[Int(number)].high == high, keys[Int(number)].low == low { return number }
      place = (place + 1) & (slots.count - 1)
    }
    let number = UInt32(keys.count)
    keys.append(Key(high: high, low: low))
    slots[place] = number + 1
    if keys.count * 2 > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 4)
    for (number, key) in keys.enumerated() {
      var place = start(of: key.high, key.low)
      while slots[place] > 0 { place = (place + 1) & (slots.count - 1) }
      slots[place] = UInt32(number) + 1
    }
  }

  /// Where a key is looked for first: each step multiplies and folds the product (after Wang Yi's wyhash).
  private func start(of high: UInt64, _ low: UInt64) -> Int {
    let hash = Self.fold(low ^ Self.fold(high ^ seed.0, 0x9E37_79B9_7F4A_7C15) ^ seed.0, seed.1)
    return Int(truncatingIfNeeded: hash & UInt64(slots.count - 1))
  }

  private static func fold(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = one.multipliedFullWidth(by: other)
    return product.high ^ product.low
  }
}
