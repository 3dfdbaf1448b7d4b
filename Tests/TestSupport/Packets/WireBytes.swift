import Traffic

/// Numbers as they stand on the wire.
extension [UInt8] {
  mutating func append(big value: UInt16) {
    append(UInt8(value >> 8))
    append(UInt8(truncatingIfNeeded: value))
  }

  mutating func append(big value: UInt32) {
    append(big: UInt16(value >> 16))
    append(big: UInt16(truncatingIfNeeded: value))
  }

  /// The 4 or 16 bytes of an address.
  mutating func append(_ address: Address) {
    for shift in stride(from: address.width - 8, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: address.bits >> UInt128(shift)))
    }
  }

  /// Puts a number over the two bytes at an offset that was written before.
  mutating func put(_ value: UInt16, at offset: Int) {
    self[offset] = UInt8(value >> 8)
    self[offset + 1] = UInt8(truncatingIfNeeded: value)
  }
}
