/// A short text that stands for many texts in order (FNV-1a of 64 bits, after Fowler, Noll and Vo).
struct Digest {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Takes in a text and where it ends.
  mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    // No UTF-8 text holds it.
    add(0xFF)
  }

  private mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }

  /// The digest in hexadecimal digits.
  var text: String { String(state, radix: 16) }
}
