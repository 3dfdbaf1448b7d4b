/// What hashes begin with, so that nobody outside can choose keys that meet in one place of a table.
///
/// Each step multiplies two words, both mixed with secret ones, and folds the product (after Wang Yi's wyhash). What a
/// table holds never depends on it, only where.
struct HashSeed: BitwiseCopyable {
  fileprivate let one: UInt64
  fileprivate let two: UInt64
  fileprivate let three: UInt64
  fileprivate let four: UInt64

  /// The seed made of this number, whose bits are spread as SplitMix64 does it.
  init(_ number: UInt64) {
    var state = number
    func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
    one = next()
    two = next()
    three = next()
    four = next()
  }

  /// The hash of an address and two words.
  @inline(__always)
  func hash(_ address: Address, _ word: UInt64 = 0, _ other: UInt64 = 0) -> UInt64 {
    Self.fold(part(address) ^ three, Self.fold(word ^ two, other ^ one) ^ four)
  }

  /// The hash of two addresses and a word.
  @inline(__always)
  func hash(_ address: Address, _ other: Address, _ word: UInt64) -> UInt64 {
    let (high, low) = Self.halves(other)
    return Self.fold(part(address) ^ word ^ three, Self.fold(high ^ two, low ^ one) ^ four)
  }

  /// The hash of four words.
  @inline(__always)
  func hash(_ first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) -> UInt64 {
    Self.fold(Self.fold(first ^ one, second ^ two) ^ three, Self.fold(third ^ two, fourth ^ one) ^ four)
  }

  /// What makes 128 bits of hash from words that come one by one.
  func digest() -> Digest { Digest(seed: self) }

  struct Digest {
    private let seed: HashSeed
    private var first: UInt64
    private var second: UInt64

    fileprivate init(seed: HashSeed) {
      self.seed = seed
      first = seed.one
      second = seed.two
    }

    @inline(__always)
    mutating func add(_ word: UInt64) {
      first = HashSeed.fold(first ^ word, seed.three)
      second = HashSeed.fold(second ^ word, seed.four)
    }

    func end() -> (UInt64, UInt64) {
      (HashSeed.fold(first, seed.four), HashSeed.fold(second, seed.three))
    }
  }

  @inline(__always)
  private func part(_ address: Address) -> UInt64 {
    let (high, low) = Self.halves(address)
    return Self.fold(high ^ one, low ^ two)
  }

  @inline(__always)
  private static func halves(_ address: Address) -> (high: UInt64, low: UInt64) {
    (UInt64(truncatingIfNeeded: address.bits >> 64), UInt64(truncatingIfNeeded: address.bits))
  }

  @inline(__always)
  fileprivate static func fold(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = one.multipliedFullWidth(by: other)
    return product.high ^ product.low
  }
}
