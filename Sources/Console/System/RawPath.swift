/// A path or a file name as the system holds it: bytes, of which only NUL is excluded.
struct RawPath: Hashable, Sendable {
  /// The bytes, without the closing NUL.
  let bytes: [UInt8]

  /// The path that a text spells; nil where it is empty or holds NUL, which C would silently cut off.
  init?(_ text: String) {
    self.init(bytes: Array(text.utf8))
  }

  /// The path of these bytes; nil where there are none or one is NUL.
  init?(bytes: [UInt8]) {
    guard !bytes.isEmpty, !bytes.contains(0) else { return nil }
    self.bytes = bytes
  }

  /// For people: what is not UTF-8 shows as a replacement character.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The bytes as C reads them.
  var terminated: [CChar] { bytes.map { CChar(bitPattern: $0) } + [0] }
}
