/// The UDP ports to which VXLAN or Geneve may be sent; a datagram's header tells whether it is one, and which.
public struct OverlayPorts: Hashable, Sendable {
  /// Those that every recording knows: VXLAN by its registration and as Linux first had it, and Geneve.
  public static let usual = OverlayPorts(first: 4789, 8472, 6081)

  /// How many more there may be.
  public static let most = 5

  /// Four ports in each of two words and no array: they are asked about for each datagram.
  private var low: UInt64
  private var high: UInt64
  private var count: Int

  private init(first ports: UInt16...) {
    low = 0
    high = 0
    count = 0
    for port in ports { add(port) }
  }

  /// The usual ones and these; nil when too many are new.
  public init?(usualAnd more: [UInt16]) {
    self = .usual
    for port in more where !contains(port) {
      guard count < 8 else { return nil }
      add(port)
    }
  }

  /// Whether an overlay may be sent there.
  @inline(__always)
  func contains(_ port: UInt16) -> Bool {
    let wanted = UInt64(port) &* Self.ones
    return Self.hasZero(low ^ wanted) || Self.hasZero(high ^ wanted)
  }

  private mutating func add(_ port: UInt16) {
    // Free places repeat the first port.
    if count == 0 {
      low = UInt64(port) &* Self.ones
      high = low
    }
    let shift = UInt64(count % 4 * 16)
    if count < 4 {
      low = low & ~(0xFFFF << shift) | UInt64(port) << shift
    } else {
      high = high & ~(0xFFFF << shift) | UInt64(port) << shift
    }
    count += 1
  }

  /// Whether one of four numbers in a word is 0: the lowest such borrows its high bit, and no other did so before it.
  @inline(__always)
  private static func hasZero(_ word: UInt64) -> Bool {
    (word &- ones) & ~word & (ones << 15) != 0
  }

  private static let ones: UInt64 = 0x0001_0001_0001_0001
}
