/// Walks over the tokens of a JSON text and checks each of them.
///
/// Every token is done with before the next is looked at, and only `span`s point back into the text: a text that
/// comes in pieces needs no more than a `bytes` that grows.
struct JSONCursor {
  /// The text.
  let bytes: [UInt8]
  /// The byte that comes next.
  private(set) var at: Int

  private var line = 1
  /// Where the line would begin if each of its characters were one byte.
  private var lineStart: Int

  /// A cursor at the beginning of a text.
  init(_ text: SourceText) {
    bytes = text.bytes
    at = text.start
    lineStart = text.start
  }

  /// Where the next byte stands.
  var position: Position { Position(line: line, column: at - lineStart + 1) }

  /// A string between its quotes, checked.
  struct Span {
    let start: Int
    let end: Int
    let hasEscapes: Bool
  }
}

// Steps.
extension JSONCursor {
  /// The next byte behind white space, not stepped over; nil at the end.
  mutating func peek() -> UInt8? {
    var index = at
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0D: index += 1
      case 0x0A:
        index += 1
        line += 1
        lineStart = index
      case let byte:
        at = index
        return byte
      }
    }
    at = index
    return nil
  }

  /// Steps over a byte that `peek` has shown.
  mutating func step() { at += 1 }

  /// Steps over one mark behind white space.
  mutating func expect(_ mark: Unicode.Scalar) throws(DocumentError) {
    guard let byte = peek(), UInt32(byte) == mark.value else { throw unexpected("`\(mark)`") }
    at += 1
  }

  /// Steps over a word whose first letter `peek` has shown.
  mutating func word(_ word: StaticString) throws(DocumentError) {
    for byte in word.description.utf8 {
      guard current == byte else { throw unexpected("`\(word)`") }
      at += 1
    }
  }

  /// Steps over a number whose first byte `peek` has shown.
  mutating func number() throws(DocumentError) -> Span {
    let start = at
    if current == UInt8(ascii: "-") { at += 1 }
    if current == UInt8(ascii: "0") { at += 1 } else { try digits() }
    if current == UInt8(ascii: ".") {
      at += 1
      try digits()
    }
    if let byte = current, byte | 0x20 == UInt8(ascii: "e") {
      at += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { at += 1 }
      try digits()
    }
    // Go on being a number, and it was none: `012`, `1.2.3`, `1x`.
    if let byte = current, byte == UInt8(ascii: ".") || isWordByte(byte) {
      throw unexpected("the end of a number")
    }
    return Span(start: start, end: at, hasEscapes: false)
  }

  private var current: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func digits() throws(DocumentError) {
    let start = at
    while let byte = current, byte &- UInt8(ascii: "0") < 10 { at += 1 }
    guard at > start else { throw unexpected("a digit") }
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
  }
}

// Strings.
extension JSONCursor {
  /// Steps over a string whose quote `peek` has shown.
  mutating func string() throws(DocumentError) -> Span {
    let start = at + 1
    var index = start
    var hasEscapes = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        at = index + 1
        return Span(start: start, end: index, hasEscapes: hasEscapes)
      } else if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        at = index
        index = try escapeEnd()
      } else if byte < 0x20 {
        at = index
        throw DocumentError(.controlCharacter(UInt32(byte)), at: position)
      } else if byte < 0x80 {
        index += 1
      } else {
        let length = UTF8Sequence.length(in: bytes, at: index)
        guard length > 0 else {
          at = index
          throw DocumentError(.notUTF8, at: position)
        }
        index += length
        lineStart += length - 1
      }
    }
    at = bytes.count
    throw DocumentError(.cutShort, at: position)
  }

  /// Where the escape that begins at `at` ends (RFC 8259 §7).
  private mutating func escapeEnd() throws(DocumentError) -> Int {
    guard at + 1 < bytes.count else {
      at = bytes.count
      throw DocumentError(.cutShort, at: position)
    }
    switch bytes[at + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return at + 2
    case UInt8(ascii: "u"):
      for index in at + 2..<at + 6 {
        guard index < bytes.count else {
          at = bytes.count
          throw DocumentError(.cutShort, at: position)
        }
        guard HexDigit.value(of: bytes[index]) != nil else { break }
        if index == at + 5 { return at + 6 }
      }
      throw DocumentError(.syntax("four hexadecimal digits go with `\\u`"), at: position)
    default: throw DocumentError(.syntax("no escape of JSON"), at: position)
    }
  }
}

// Errors.
extension JSONCursor {
  /// That something else stands here than what is wanted.
  func unexpected(_ wanted: String) -> DocumentError {
    guard at < bytes.count else { return DocumentError(.cutShort, at: position) }
    let found = Unicode.Scalar(bytes[at])
    return DocumentError(
      .syntax("this is not JSON: found `\(String(found).printable)`, not \(wanted)"), at: position)
  }
}
