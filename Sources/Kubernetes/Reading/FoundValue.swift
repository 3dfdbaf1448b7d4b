import Documents

extension Node {
  /// What kind of value this is, in words, and how it is spelled where YAML makes something else of it.
  ///
  /// Who wrote `012` would not know it again as the number 10.
  var asFound: String {
    guard let spelling, !spelling.isEmpty else { return kind }
    return "\(PolicyFlaw.quoted(spelling)) without quotes, which YAML reads as \(kind)"
  }

  private var kind: String {
    switch value {
    case .null: "nothing"
    case .bool(let claim): "\(claim)"
    case .number(let text): "the number \(text)"
    case .string(let text): "the text \(PolicyFlaw.quoted(text))"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}
