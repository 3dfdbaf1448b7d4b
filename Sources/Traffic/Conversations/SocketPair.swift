/// Two ends, whichever of them sends.
struct SocketPair: Hashable, BitwiseCopyable {
  /// The lower address.
  let low: Address
  /// The higher address.
  let high: Address
  /// The port of the lower end.
  let lowPort: UInt16
  /// The port of the higher end.
  let highPort: UInt16

  /// The pair of two ends, in either order.
  init(_ one: Socket, _ other: Socket) {
    self.init(one, other, isOrdered: Self.areOrdered(one, other))
  }

  @inline(__always)
  init(_ one: Socket, _ other: Socket, isOrdered: Bool) {
    // Without a branch: of a connection's packets every other goes the other way, which no processor foresees.
    let mask: UInt128 = isOrdered ? 0 : .max
    let (mine, theirs) = (one.address.bits, other.address.bits)
    let addresses = (mine ^ theirs) & mask
    let ports = (one.port ^ other.port) & UInt16(truncatingIfNeeded: mask)
    low = Address(bits: mine ^ addresses)
    high = Address(bits: theirs ^ addresses)
    lowPort = one.port ^ ports
    highPort = other.port ^ ports
  }

  /// Whether the first end is the lower one, as it is when both are the same.
  @inline(__always)
  static func areOrdered(_ one: Socket, _ other: Socket) -> Bool {
    let (mine, theirs) = (one.address.bits, other.address.bits)
    return mine == theirs ? one.port <= other.port : mine < theirs
  }

  /// The end in this place.
  subscript(_ end: End) -> Socket {
    end == .low ? Socket(low, lowPort) : Socket(high, highPort)
  }

  /// Where an end of this pair stands.
  func end(_ socket: Socket) -> End {
    socket == self[.low] ? .low : .high
  }

  /// The end with the lower port, which is more likely to be a server; the lower end when the ports are equal.
  var lowerPort: End { lowPort <= highPort ? .low : .high }

  enum End: UInt8 {
    case low
    case high

    var other: End { self == .low ? .high : .low }
  }
}

extension SocketPair: SlotKey {
  @inline(__always)
  func hash(_ seed: HashSeed) -> UInt64 {
    seed.hash(low, high, UInt64(lowPort) << 16 | UInt64(highPort))
  }
}
