/// What the Kubernetes YAML reader makes of a plain scalar.
///
/// It is sigs.k8s.io/yaml, a YAML 1.1 reader with Go's numbers: `resolve` of go-yaml version 2, case by case. What
/// it says reaches the cluster, so no friendlier reading of `no` or `012` would be true.
enum PlainScalar: Equatable {
  case null
  case bool(Bool)
  /// A whole number of at most 64 bits, in decimal.
  case integer(String)
  /// A finite number.
  case float(Double)
  /// An infinity, or not a number.
  case notFinite
  /// The merge key `<<`.
  case merge
  /// Just text; dates and times too, which go-yaml hands on as they are spelled.
  case text

  /// What a scalar spelled like this is read as.
  init(_ spelling: String) {
    guard let first = spelling.utf8.first else {
      self = .null
      return
    }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      self = Self.word(spelling) ?? Self.number(Array(spelling.utf8), spelling) ?? .text
    case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"),
      UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "o"), UInt8(ascii: "O"),
      UInt8(ascii: "~"), UInt8(ascii: "<"):
      self = Self.word(spelling) ?? .text
    default: self = .text
    }
  }

  private static func word(_ spelling: String) -> PlainScalar? {
    spelling.utf8.count <= 5 ? words[spelling] : nil
  }

  private static let words: [String: PlainScalar] = {
    var words: [String: PlainScalar] = ["<<": .merge]
    for word in ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"] {
      words[word] = .bool(true)
    }
    for word in ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"] {
      words[word] = .bool(false)
    }
    for word in ["~", "null", "Null", "NULL"] { words[word] = .null }
    for word in ["inf", "Inf", "INF"] {
      for sign in [".", "+.", "-."] { words[sign + word] = .notFinite }
    }
    for word in [".nan", ".NaN", ".NAN"] { words[word] = .notFinite }
    return words
  }()

  private static func number(_ bytes: [UInt8], _ spelling: String) -> PlainScalar? {
    guard bytes.first != UInt8(ascii: ".") else { return float(bytes) }
    // Go takes the underscores out wherever they stand.
    let plain = bytes.contains(UInt8(ascii: "_")) ? bytes.filter { $0 != UInt8(ascii: "_") } : bytes
    return integer(plain) ?? float(plain)
  }

  /// As Go's `ParseInt(text, 0, 64)`, else its `ParseUint`.
  private static func integer(_ bytes: [UInt8]) -> PlainScalar? {
    var digits = bytes[...]
    let sign =
      digits.first == UInt8(ascii: "-") || digits.first == UInt8(ascii: "+") ? digits.removeFirst() : nil
    guard !digits.isEmpty else { return nil }
    var radix: UInt64 = 10
    if digits.first == UInt8(ascii: "0"), digits.count > 1 {
      radix = 8
      digits.removeFirst()
      if digits.count > 1, let prefixed = radixes[digits[digits.startIndex] | 0x20] {
        radix = prefixed
        digits.removeFirst()
      }
    }
    var magnitude: UInt64 = 0
    for byte in digits {
      guard let digit = digitValue(byte), digit < radix else { return nil }
      let (product, tooLarge) = magnitude.multipliedReportingOverflow(by: radix)
      let (sum, overflow) = product.addingReportingOverflow(digit)
      guard !tooLarge, !overflow else { return nil }
      magnitude = sum
    }
    // A sign leaves 63 bits; only a number without one may fill all 64.
    if sign == UInt8(ascii: "-") {
      guard magnitude <= Int64.min.magnitude else { return nil }
      return .integer(magnitude == 0 ? "0" : "-\(magnitude)")
    }
    guard sign == nil || magnitude <= Int64.max.magnitude else { return nil }
    return .integer(String(magnitude))
  }

  private static let radixes: [UInt8: UInt64] = [
    UInt8(ascii: "x"): 16, UInt8(ascii: "o"): 8, UInt8(ascii: "b"): 2,
  ]

  private static func digitValue(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  /// As go-yaml's `^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`, but no number beyond 64 bits.
  private static func float(_ bytes: [UInt8]) -> PlainScalar? {
    var text = ByteMatcher(bytes)
    _ = text.one(of: "+-")
    if text.one(of: ".") {
      guard text.digits() > 0 else { return nil }
    } else {
      guard text.digits() > 0 else { return nil }
      if text.one(of: ".") { _ = text.digits() }
    }
    if text.one(of: "eE") {
      _ = text.one(of: "+-")
      guard text.digits() > 0 else { return nil }
    }
    guard text.isAtEnd else { return nil }
    // "5." is more than Swift's own grammar promises to read.
    var spelling = bytes
    if spelling.last == UInt8(ascii: ".") { spelling.removeLast() }
    guard let value = Double(String(decoding: spelling, as: UTF8.self)), value.isFinite else { return nil }
    return .float(value)
  }
}
