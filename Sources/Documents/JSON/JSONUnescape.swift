// What the checked strings and numbers of a JSON text say.

extension JSONCursor {
  /// The text of a string or number, at the position given if it cannot be one.
  func text(of span: Span, at position: Position) throws(DocumentError) -> String {
    guard span.hasEscapes else { return String(decoding: bytes[span.start..<span.end], as: UTF8.self) }
    var text: [UInt8] = []
    text.reserveCapacity(span.end - span.start)
    var index = span.start
    while index < span.end {
      guard bytes[index] == UInt8(ascii: "\\") else {
        text.append(bytes[index])
        index += 1
        continue
      }
      let mark = bytes[index + 1]
      guard mark == UInt8(ascii: "u") else {
        text.append(Self.character(behind: mark))
        index += 2
        continue
      }
      var code = unit(at: index + 2)
      index += 6
      // RFC 8259 §7: what lies beyond the basic plane is spelled as a UTF-16 pair.
      if 0xD800...0xDBFF ~= code, index < span.end, bytes[index...].starts(with: "\\u".utf8) {
        let low = unit(at: index + 2)
        if 0xDC00...0xDFFF ~= low {
          code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
          index += 6
        }
      }
      guard let scalar = Unicode.Scalar(code) else {
        throw DocumentError(.syntax("half a surrogate pair stands for no character"), at: position)
      }
      text.append(contentsOf: String(scalar).utf8)
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func character(behind mark: UInt8) -> UInt8 {
    switch mark {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: mark
    }
  }

  /// The UTF-16 unit that four digits spell; the cursor has checked that they are there.
  private func unit(at index: Int) -> UInt32 {
    bytes[index..<index + 4].reduce(0) { $0 << 4 | UInt32(HexDigit.value(of: $1) ?? 0) }
  }
}
