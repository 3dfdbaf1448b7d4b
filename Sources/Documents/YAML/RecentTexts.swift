/// Makes strings of bytes, and of a long one that came before lately the same again.
///
/// A manifest says `app.kubernetes.io/name` over and over. Each string of more than 15 bytes is a piece of memory of its
/// own, and what costs when many documents are read is to get memory from the system.
struct RecentTexts {
  private var texts = [String](repeating: "", count: 256)

  /// The longest text that Swift keeps in the string itself.
  private static let longestInline = 15
  /// Texts that come again are names; of a long one, comparing would cost more than it saves.
  private static let longest = 128

  /// The text of some bytes.
  mutating func text(of bytes: UnsafeBufferPointer<UInt8>) -> String {
    guard bytes.count > Self.longestInline, bytes.count <= Self.longest else {
      return unsafe String(decoding: bytes, as: UTF8.self)
    }
    // In bounds: there are more than 15 bytes, and these are the last eight. Names differ at their ends.
    let end = unsafe UnsafeRawBufferPointer(bytes).loadUnaligned(
      fromByteOffset: bytes.count - 8, as: UInt64.self)
    // The upper bits of such a product depend on all bits (Knuth, The Art of Computer Programming 3, 6.4).
    let place = Int(((end ^ UInt64(bytes.count)) &* 0x9E37_79B9_7F4A_7C15) >> 56)
    if unsafe isSame(texts[place], bytes) { return texts[place] }
    let text = unsafe String(decoding: bytes, as: UTF8.self)
    texts[place] = text
    return text
  }

  private func isSame(_ text: String, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    // Both are read for the length of the call, and no further than their counts.
    unsafe text.utf8.count == bytes.count
      && text.utf8.withContiguousStorageIfAvailable { unsafe $0.elementsEqual(bytes) } == true
  }
}
