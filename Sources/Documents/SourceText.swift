/// The bytes of a text, without a byte order mark.
struct SourceText {
  /// The bytes.
  let bytes: [UInt8]
  /// Where the text begins in them.
  let start: Int

  /// The beginning of a text that comes in pieces: enough of it to tell its encoding.
  init(beginning pieces: inout TextPieces) throws(DocumentError) {
    let bytes = try pieces.beginning { $0.count >= Self.mark.count }
    _ = try pieces.next()
    try self.init(bytes)
  }

  /// A text, or its beginning; a mark at its start is passed over, as editors leave one.
  init(_ bytes: [UInt8]) throws(DocumentError) {
    // UTF-16 of ASCII text has a zero in one of the first two bytes, with a mark or without; UTF-32 has too.
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.prefix(2).contains(0) {
      throw DocumentError(.wideEncoding)
    }
    self.bytes = bytes
    start = bytes.starts(with: Self.mark) ? Self.mark.count : 0
  }

  /// U+FEFF in UTF-8.
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Refuses a text that is not UTF-8, or begins a line with a byte order mark.
  ///
  /// libyaml passes over such a mark where kubectl takes it for a part of the name that follows.
  func checkUTF8() throws(DocumentError) {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw DocumentError(.notUTF8, at: Position(after: bytes[start..<error.byteOffsets.lowerBound]))
    }
    var index = start
    while let found = bytes[index...].firstIndex(of: Self.mark[0]) {
      index = found + 1
      guard bytes[found...].starts(with: Self.mark) else { continue }
      let before = found > start ? bytes[found - 1] : UInt8(ascii: "\n")
      guard before != UInt8(ascii: "\n"), before != UInt8(ascii: "\r") else {
        throw DocumentError(.strayByteOrderMark, at: Position(after: bytes[start..<found]))
      }
    }
  }
}
