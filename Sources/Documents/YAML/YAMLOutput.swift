/// The text a YAML writer makes: lines, indents and scalars.
struct YAMLOutput {
  private var bytes: [UInt8] = []

  /// Where go-yaml begins to look for a place to fold.
  private static let width = 80
  /// The longest name that go-yaml writes before its colon on one line, in bytes.
  private static let longestSimpleKey = 128

  /// What was written.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether a member's name can stand before a colon.
  static func isSimpleKey(_ name: String) -> Bool {
    var count = 0
    for byte in name.utf8 {
      count += 1
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") || count > longestSimpleKey { return false }
    }
    return true
  }

  /// Writes text as it is.
  mutating func put(_ text: some StringProtocol) { bytes.append(contentsOf: text.utf8) }

  /// Writes one whole line.
  mutating func line(_ text: String) {
    put(text)
    endLine()
  }

  /// Ends a line, unless a literal has just ended it.
  mutating func endLine() {
    if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
  }

  /// Begins a line.
  mutating func indent(_ columns: Int) {
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: columns))
  }

  /// Writes a scalar, or an empty sequence or mapping.
  ///
  /// Its further lines stand at the indent; without one it stays on its line.
  mutating func scalar(_ value: Node.Value, indent: Int?) {
    switch value {
    case .null: put("null")
    case .bool(let claim): put(claim ? "true" : "false")
    case .number(let number): put(Self.spelling(of: number))
    case .sequence: put("[]")
    case .mapping: put("{}")
    case .string(let text):
      switch (ScalarStyle(text), indent) {
      // It is folded at spaces only.
      case (.plain, _) where !text.utf8.contains(UInt8(ascii: " ")): put(text)
      case (.plain, _): folded(Array(text.utf8), indent: indent)
      case (.single, _): single(text, indent: indent)
      case (.double, _), (.literal, nil): double(text, indent: indent)
      case (.literal, let indent?): literal(text, indent: indent)
      }
    }
  }

  /// How go-yaml spells a number that was read from JSON.
  private static func spelling(of number: String) -> String {
    switch PlainScalar(number) {
    case .integer(let digits): return digits
    case .float(let value):
      let text = FloatText(value)
      if case .integer(let digits) = PlainScalar(text.json) { return digits }
      return text.general
    case .null, .bool, .notFinite, .merge, .text: return number
    }
  }
}

// Text in each style, folded where go-yaml folds it.
extension YAMLOutput {
  /// The column the line stands at, in characters.
  private var column: Int {
    bytes.reversed().prefix { $0 != UInt8(ascii: "\n") }.count { $0 & 0xC0 != 0x80 }
  }

  private mutating func newLine(_ indent: Int) {
    bytes.append(UInt8(ascii: "\n"))
    self.indent(indent)
  }

  /// Writes text that needs no quotes, or the inside of single ones.
  private mutating func folded(_ source: [UInt8], indent: Int?) {
    var column = self.column
    guard let indent, column + source.count > Self.width else {
      bytes.append(contentsOf: source)
      return
    }
    for (index, byte) in source.enumerated() {
      let isInside = index > 0 && index + 1 < source.count
      if byte == UInt8(ascii: " "), isInside, column > Self.width, source[index - 1] != byte,
        source[index + 1] != byte
      {
        newLine(indent)
        column = indent
      } else {
        bytes.append(byte)
        if byte & 0xC0 != 0x80 { column += 1 }
      }
    }
  }

  private mutating func single(_ text: String, indent: Int?) {
    put("'")
    // Byte by byte: a quote before a combining accent is one character to Swift, but a quote to YAML.
    let quote = UInt8(ascii: "'")
    let inside = text.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] }
    folded(inside, indent: indent)
    put("'")
  }

  private mutating func double(_ text: String, indent: Int?) {
    put("\"")
    var column = self.column
    let source = Array(text.unicodeScalars)
    for (index, scalar) in source.enumerated() {
      let isInside = index > 0 && index + 1 < source.count
      if scalar == " ", let indent, isInside, column > Self.width, source[index - 1] != " " {
        newLine(indent)
        column = indent
        if source[index + 1] == " " {
          put("\\")
          column += 1
        }
      } else {
        let before = bytes.count
        put(YAMLEscape.text(of: scalar))
        column += scalar.isASCII || scalar.needsEscape ? bytes.count - before : 1
      }
    }
    put("\"")
  }

  private mutating func literal(_ text: String, indent: Int) {
    put("|")
    // Readers find the indent by the first line; where that begins with a space or is empty it must be told.
    if text.utf8.first == UInt8(ascii: " ") || text.utf8.first == UInt8(ascii: "\n") { put("2") }
    let isEnded = text.utf8.last == UInt8(ascii: "\n")
    if !isEnded {
      put("-")
    } else if text.utf8.count == 1 || text.utf8.dropLast().last == UInt8(ascii: "\n") {
      put("+")
    }
    bytes.append(UInt8(ascii: "\n"))
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for line in lines.dropLast(isEnded ? 1 : 0) {
      if !line.isEmpty { self.indent(indent) }
      bytes.append(contentsOf: line)
      bytes.append(UInt8(ascii: "\n"))
    }
  }
}
