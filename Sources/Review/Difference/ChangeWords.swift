import Kubernetes

/// The words that the renderings of a difference share.
enum ChangeWords {
  /// Up to three names, and how many more there are.
  static func names(_ names: [String]) -> String {
    let shown = names.count > 4 ? Array(names.prefix(3)) : names
    let rest = names.count - shown.count
    return shown.map(plain).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// Why, in words: the rules and policies of each role.
  static func causes(_ causes: [Change.Cause]) -> String {
    let roles = causes.map(\.role).reduce(into: [Change.Role]()) { roles, role in
      if roles.last != role { roles.append(role) }
    }
    return roles.map { role in
      let names = causes.filter { $0.role == role }.map { plain($0.citation.description) }
      return lead(role) + " " + names.joined(separator: ", ")
    }.joined(separator: "; ")
  }

  private static func lead(_ role: Change.Role) -> String {
    switch role {
    case .opens: "by"
    case .isolated: "no longer isolated by"
    case .opened: "without"
    case .isolates: "isolated by"
    }
  }

  /// A text with nothing in it that moves the cursor, colours the screen or turns the direction of writing.
  static func plain(_ text: String) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        shown.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      default: shown.append(scalar)
      }
    }
    return String(shown)
  }
}
