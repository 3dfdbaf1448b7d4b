/// Walks over the tokens of a JSON text and checks each of them.
///
/// Every token is done with before the next is looked at, and only `span`s point back into the text. So no more of it
/// need be held than the piece that is being read, and what stands before it of a token that began there.
struct JSONCursor {
  /// What is held of the text.
  private(set) var bytes: [UInt8]
  /// The byte that comes next.
  private(set) var at: Int

  private var rest: TextPieces
  /// What of `bytes` is still needed when the next piece comes.
  private var kept: Int
  private var line = 1
  /// Where the line would begin if each of its characters were one byte, and all that stood before were held.
  private var lineStart: Int

  /// A cursor at the beginning of a text, and of all the pieces that follow it.
  init(_ text: SourceText, followedBy rest: TextPieces) {
    bytes = text.bytes
    at = text.start
    kept = text.start
    lineStart = text.start
    self.rest = rest
  }

  /// Where the next byte stands.
  var position: Position { Position(line: line, column: at - lineStart + 1) }

  /// A string between its quotes, or a number, checked; it holds until the cursor moves on.
  struct Span {
    let start: Int
    let end: Int
    let hasEscapes: Bool
  }
}

// Steps.
extension JSONCursor {
  /// The next byte behind white space, not stepped over; nil at the end.
  mutating func peek() throws(DocumentError) -> UInt8? {
    repeat {
      while true {
        at = endOfSpaces(from: at)
        guard at < bytes.count else { break }
        let byte = bytes[at]
        guard byte == 0x0A || byte == 0x09 || byte == 0x0D else {
          kept = at
          return byte
        }
        at += 1
        if byte == 0x0A {
          line += 1
          lineStart = at
        }
      }
      kept = at
    } while try refill()
    return nil
  }

  /// Where the next byte stands that is no space; the end of what is held, if none does.
  ///
  /// Nearly half of what kubectl prints is spaces.
  private func endOfSpaces(from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] == 0x20 { index += 1 }
    return index
  }

  /// Steps over a byte that `peek` has shown.
  mutating func step() { at += 1 }

  /// Steps over one mark behind white space.
  mutating func expect(_ mark: Unicode.Scalar) throws(DocumentError) {
    guard let byte = try peek(), UInt32(byte) == mark.value else { throw unexpected("`\(mark)`") }
    at += 1
  }

  /// Steps over a word whose first letter `peek` has shown.
  mutating func word(_ word: StaticString) throws(DocumentError) {
    for byte in word.description.utf8 {
      guard try current() == byte else { throw unexpected("`\(word)`") }
      at += 1
    }
  }

  /// Steps over a number whose first byte `peek` has shown.
  mutating func number() throws(DocumentError) -> Span {
    if try current() == UInt8(ascii: "-") { at += 1 }
    if try current() == UInt8(ascii: "0") { at += 1 } else { try digits() }
    if try current() == UInt8(ascii: ".") {
      at += 1
      try digits()
    }
    if let byte = try current(), byte | 0x20 == UInt8(ascii: "e") {
      at += 1
      if let sign = try current(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { at += 1 }
      try digits()
    }
    // Go on being a number, and it was none: `012`, `1.2.3`, `1x`.
    if let byte = try current(), byte == UInt8(ascii: ".") || isWordByte(byte) {
      throw unexpected("the end of a number")
    }
    return Span(start: kept, end: at, hasEscapes: false)
  }

  private mutating func current() throws(DocumentError) -> UInt8? {
    if at == bytes.count { _ = try refill() }
    return at < bytes.count ? bytes[at] : nil
  }

  private mutating func digits() throws(DocumentError) {
    var isEmpty = true
    while let byte = try current(), byte &- UInt8(ascii: "0") < 10 {
      at += 1
      isEmpty = false
    }
    if isEmpty { throw unexpected("a digit") }
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
  }

  /// Brings in the next piece of the text and forgets what is no longer needed; false at the end.
  private mutating func refill() throws(DocumentError) -> Bool {
    guard let piece = try rest.next() else { return false }
    if kept == bytes.count { bytes = piece } else { bytes = bytes[kept...] + piece }
    at -= kept
    lineStart -= kept
    kept = 0
    return true
  }
}

// Strings.
extension JSONCursor {
  /// Steps over a string whose quote `peek` has shown.
  mutating func string() throws(DocumentError) -> Span {
    at += 1
    kept = at
    var hasEscapes = false
    while true {
      at = endOfPlainText(from: at)
      guard let byte = try current() else { throw DocumentError(.cutShort, at: position) }
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return Span(start: kept, end: at - 1, hasEscapes: hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        try escape()
      case 0x00..<0x20: throw DocumentError(.controlCharacter(UInt32(byte)), at: position)
      case 0x80...:
        try hold(4)
        let length = UTF8Sequence.length(in: bytes, at: at)
        guard length > 0 else { throw DocumentError(.notUTF8, at: position) }
        at += length
        lineStart += length - 1
      // What came with the next piece, of which nothing has been looked at yet.
      default: break
      }
    }
  }

  /// Where the next byte stands that is neither ASCII nor means only itself; the end of what is held, if none does.
  private func endOfPlainText(from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      index += 1
    }
    return index
  }

  /// Sees to it that so many bytes are held from here on, if the text has them.
  private mutating func hold(_ count: Int) throws(DocumentError) {
    while bytes.count - at < count { guard try refill() else { return } }
  }

  /// Steps over the escape that begins here (RFC 8259 §7).
  private mutating func escape() throws(DocumentError) {
    try hold(6)
    guard at + 1 < bytes.count else {
      at = bytes.count
      throw DocumentError(.cutShort, at: position)
    }
    switch bytes[at + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      at += 2
    case UInt8(ascii: "u"):
      for index in at + 2..<at + 6 {
        guard index < bytes.count else {
          at = bytes.count
          throw DocumentError(.cutShort, at: position)
        }
        guard HexDigit.value(of: bytes[index]) != nil else {
          throw DocumentError(.syntax("four hexadecimal digits go with `\\u`"), at: position)
        }
      }
      at += 6
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
