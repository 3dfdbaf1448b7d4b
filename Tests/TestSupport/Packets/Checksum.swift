import Traffic

/// The Internet checksum (RFC 1071).
enum Checksum {
  static func of(_ bytes: some Sequence<UInt8>) -> UInt16 {
    var sum: UInt32 = 0
    var isHigh = true
    for byte in bytes {
      sum += isHigh ? UInt32(byte) << 8 : UInt32(byte)
      isHigh.toggle()
      if isHigh { sum = (sum & 0xFFFF) + (sum >> 16) }
    }
    sum = (sum & 0xFFFF) + (sum >> 16)
    sum = (sum & 0xFFFF) + (sum >> 16)
    return ~UInt16(truncatingIfNeeded: sum)
  }

  /// The remainder that SCTP uses (RFC 9260 appendix A).
  static func castagnoli(of bytes: [UInt8]) -> UInt32 {
    var remainder = UInt32.max
    for byte in bytes {
      remainder ^= UInt32(byte)
      for _ in 0..<8 { remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0x82F6_3B78 : remainder >> 1 }
    }
    return ~remainder
  }

  /// Of a transport's bytes with the header that both ends imagine before them (RFC 9293 §3.1, RFC 8200 §8.1).
  static func of(_ body: [UInt8], transport: UInt8, from source: Address, to destination: Address) -> UInt16 {
    var imagined: [UInt8] = []
    imagined.append(source)
    imagined.append(destination)
    imagined.append(big: UInt32(body.count))
    imagined.append(big: UInt32(transport))
    return of(imagined + body)
  }
}
