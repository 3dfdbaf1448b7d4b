extension Address {
  /// Whether many receive what is sent here: multicast, or the broadcast of RFC 919.
  var isMulticast: Bool {
    guard let v4 = v4Bits else { return bits >> 120 == 0xFF }
    return v4 >> 28 == 0xE || v4 == .max
  }

  /// Whether it never leaves its host.
  var isLoopback: Bool {
    guard let v4 = v4Bits else { return bits == 1 }
    return v4 >> 24 == 127
  }
}
