/// The spellings of dates and times that some YAML reader does not take for text.
enum YAMLTime {
  /// Whether a text is spelled like a date or a time, whatever day or hour it would be.
  ///
  /// The union of what go-yaml and the YAML 1.1 type repository accept.
  static func matches(_ spelling: String) -> Bool {
    guard spelling.utf8.first.map({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) == true else {
      return false
    }
    var text = ByteMatcher(Array(spelling.utf8))
    guard text.digits(atMost: 4) == 4, text.one(of: "-"), text.digits(atMost: 2) > 0,
      text.one(of: "-"), text.digits(atMost: 2) > 0
    else { return false }
    if text.isAtEnd { return true }
    guard text.one(of: "Tt") || text.any(of: " \t") > 0 else { return false }
    guard text.digits(atMost: 2) > 0, text.one(of: ":"), text.digits(atMost: 2) > 0,
      text.one(of: ":"), text.digits(atMost: 2) > 0
    else { return false }
    if text.one(of: ".,") { _ = text.digits() }
    _ = text.any(of: " \t")
    if text.one(of: "Zz") { return text.isAtEnd }
    if text.one(of: "+-") {
      guard text.digits(atMost: 2) > 0 else { return false }
      if text.one(of: ":") { guard text.digits(atMost: 2) > 0 else { return false } }
    }
    return text.isAtEnd
  }
}
