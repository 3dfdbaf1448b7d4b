/// Text that some YAML reader takes for something else when it has no quotes.
enum Ambiguity {
  /// Whether the Kubernetes reader, or any of YAML 1.1 or 1.2, would not read this as text.
  static func isMistaken(_ text: String) -> Bool {
    PlainScalar(text) != .text || misreading(of: text) != nil
  }

  /// What some other reader would take this for, where the Kubernetes reader takes it for text.
  static func misreading(of text: String) -> Misreading? {
    guard let first = text.utf8.first else { return nil }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      if isNumber(text) || isSexagesimal(text) { return .number }
      return YAMLTime.matches(text) ? .time : nil
    // YAML 1.1's mark of a default value, which PyYAML refuses to read.
    case UInt8(ascii: "="): return text == "=" ? .mark : nil
    default: return nil
    }
  }

  /// Numbers of YAML 1.1 and 1.2 that Go does not know, and what PyYAML and ruamel stumble over in trying.
  ///
  /// Examples are `.5_`, floats beyond 64 bits, and underscores without digits, as in `0x_` and `-_`.
  private static func isNumber(_ text: String) -> Bool {
    var rest = ByteMatcher(Array(text.utf8))
    _ = rest.one(of: "+-")
    for (prefix, digits) in radixes {
      var prefixed = rest
      if prefixed.one(of: "0"), prefixed.one(of: prefix) {
        return prefixed.any(of: digits) > 0 && prefixed.isAtEnd
      }
    }
    var digits = rest.any(of: "0123456789_")
    if rest.one(of: ".") { digits += rest.any(of: "0123456789_") }
    guard digits > 0 else { return false }
    if rest.one(of: "eE") {
      _ = rest.one(of: "+-")
      guard rest.digits() > 0 else { return false }
    }
    return rest.isAtEnd
  }

  private static let radixes: [(prefix: StaticString, digits: StaticString)] = [
    ("xX", "0123456789abcdefABCDEF_"), ("oO", "01234567_"), ("bB", "01_"),
  ]

  /// Numbers to the base of 60: `1:30` is ninety in YAML 1.1.
  private static func isSexagesimal(_ text: String) -> Bool {
    var rest = ByteMatcher(Array(text.utf8))
    _ = rest.one(of: "+-")
    guard rest.digits() > 0 else { return false }
    _ = rest.any(of: "0123456789_")
    var places = 0
    while rest.one(of: ":") {
      var tens = rest
      if tens.one(of: "012345"), tens.one(of: "0123456789") {
        rest = tens
      } else if !rest.one(of: "0123456789") {
        return false
      }
      places += 1
    }
    if rest.one(of: ".") { _ = rest.any(of: "0123456789_") }
    return places > 0 && rest.isAtEnd
  }
}
