/// How a text is written so that every YAML reader reads it back.
///
/// The choice is go-yaml's, and so Kustomize's, with two differences for safety: text that only other readers take
/// for a number, a date or a mark (`1e400`, `2020-13-45`, `=`) is quoted, and what a reviewer cannot see is spelled
/// out.
enum ScalarStyle: Equatable {
  case plain
  case single
  case double
  /// Line by line under a `|`.
  case literal

  /// How a text is written; the answer holds for values and for names.
  init(_ text: String) {
    guard !text.isEmpty else {
      self = .double
      return
    }
    guard !Self.isSimple(text) else {
      self = Ambiguity.isMistaken(text) ? .double : .plain
      return
    }
    let look = ScalarLook(text)
    if look.hasSpecial {
      self = .double
    } else if look.hasBreak {
      self = look.endsWithSpace || look.hasSpaceBeforeBreak ? .double : .literal
    } else if Ambiguity.isMistaken(text) {
      self = .double
    } else {
      self = look.hasIndicator || look.endsWithSpace || look.beginsWithSpace ? .single : .plain
    }
  }
}

extension ScalarStyle {
  /// Whether a text is letters, digits and the marks of Kubernetes names, which mean nothing to YAML behind a letter.
  ///
  /// Nearly every text of a manifest is.
  private static func isSimple(_ text: String) -> Bool {
    var isFirst = true
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): isFirst = false
      case UInt8(ascii: "-")...UInt8(ascii: "9"), UInt8(ascii: "_"): if isFirst { return false }
      default: return false
      }
    }
    return true
  }
}

/// What matters about a text when it is written.
private struct ScalarLook {
  /// Characters that only double quotes can spell.
  var hasSpecial = false
  /// More than one line.
  var hasBreak = false
  /// Characters that would mean something where they stand.
  var hasIndicator = false
  var beginsWithSpace = false
  var endsWithSpace = false
  var hasSpaceBeforeBreak = false

  init(_ text: String) {
    // These three begin or end a document when they begin a line.
    hasIndicator = text.utf8.starts(with: "---".utf8) || text.utf8.starts(with: "...".utf8)
    let scalars = Array(text.unicodeScalars)
    var isAfterBlank = true
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      let isBeforeBlank = next == nil || next == " " || next == "\t" || next == "\n"
      switch scalar {
      case "\n":
        hasBreak = true
        if index > 0, scalars[index - 1] == " " { hasSpaceBeforeBreak = true }
      case " ": break
      case "-" where index == 0, "?" where index == 0, ":":
        if isBeforeBlank { hasIndicator = true }
      case "#":
        if isAfterBlank { hasIndicator = true }
      case ",", "[", "]", "{", "}", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`":
        if index == 0 { hasIndicator = true }
      default:
        if scalar.needsEscape { hasSpecial = true }
      }
      isAfterBlank = scalar == " " || scalar == "\n"
    }
    beginsWithSpace = scalars.first == " "
    endsWithSpace = scalars.last == " "
  }
}

extension Unicode.Scalar {
  /// Whether it can only be written as an escape.
  ///
  /// go-yaml also spells out what lies beyond the basic plane.
  var needsEscape: Bool { isInvisible || value > 0xFFFF }
}
