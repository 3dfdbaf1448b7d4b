/// How characters are spelled between double quotes.
enum YAMLEscape {
  /// The spelling of one character: itself, or YAML's escape for it (YAML 1.1 §5.7).
  static func text(of scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\u{0}": return "\\0"
    case "\u{7}": return "\\a"
    case "\u{8}": return "\\b"
    case "\t": return "\\t"
    case "\n": return "\\n"
    case "\u{B}": return "\\v"
    case "\u{C}": return "\\f"
    case "\r": return "\\r"
    case "\u{1B}": return "\\e"
    case "\u{85}": return "\\N"
    case "\u{2028}": return "\\L"
    case "\u{2029}": return "\\P"
    case _ where scalar.needsEscape:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let (mark, width) =
        switch scalar.value {
        case 0...0xFF: ("x", 2)
        case 0x100...0xFFFF: ("u", 4)
        default: ("U", 8)
        }
      return "\\" + mark + String(repeating: "0", count: width - digits.count) + digits
    default: return String(Character(scalar))
    }
  }
}
