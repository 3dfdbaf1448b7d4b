import Traffic

/// Numbers as they stand on the wire, and as capture files of this machine hold them.
extension [UInt8] {
  mutating func append(big value: UInt16) {
    append(UInt8(truncatingIfNeeded: value >> 8))
    append(UInt8(truncatingIfNeeded: value))
  }

  mutating func append(big value: UInt32) {
    append(big: UInt16(truncatingIfNeeded: value >> 16))
    append(big: UInt16(truncatingIfNeeded: value))
  }

  mutating func append(little value: UInt32) {
    for shift in [0, 8, 16, 24] as [UInt32] { append(UInt8(truncatingIfNeeded: value >> shift)) }
  }

  /// The 4 or 16 bytes of an address.
  mutating func append(_ address: Address) {
    if let bits = address.v4Bits { return append(big: bits) }
    for shift in [96, 64, 32, 0] as [UInt128] {
      append(big: UInt32(truncatingIfNeeded: address.bits >> shift))
    }
  }

  /// The six bytes of a network card.
  mutating func append(card: UInt64) {
    append(big: UInt16(truncatingIfNeeded: card >> 32))
    append(big: UInt32(truncatingIfNeeded: card))
  }

  mutating func put(_ value: UInt16, at place: Int) {
    self[place] = UInt8(truncatingIfNeeded: value >> 8)
    self[place + 1] = UInt8(truncatingIfNeeded: value)
  }

  mutating func put(little value: UInt32, at place: Int) {
    for index in 0..<4 { self[place + index] = UInt8(truncatingIfNeeded: value >> UInt32(8 * index)) }
  }
}
