// How foreign text is shown in a line of ours: what cannot be seen, or moves other text, is spelled out.

extension String {
  /// The text with everything but printable ASCII spelled out, as `\u{1F600}`.
  public var printable: String {
    if utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      if (0x20...0x7E).contains(scalar.value) {
        text.unicodeScalars.append(scalar)
      } else {
        text += scalar.value.escaped
      }
    }
  }
}

extension UInt32 {
  /// The code point spelled out, as `\u{A}`.
  var escaped: String { "\u{5C}u{" + String(self, radix: 16, uppercase: true) + "}" }
}

extension Unicode.Scalar {
  /// Whether it shows nothing of itself, or changes how its neighbours are shown.
  ///
  /// Such a character in a policy could make a reviewer read another policy, so the writers spell it out.
  var isInvisible: Bool {
    guard value > 0x7E else { return value < 0x20 }
    return switch properties.generalCategory {
    case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: true
    // The noncharacters of the basic plane, which no YAML text may hold.
    default: value == 0xFFFE || value == 0xFFFF
    }
  }
}
