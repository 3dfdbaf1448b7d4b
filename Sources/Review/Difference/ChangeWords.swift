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
    let byRole = Dictionary(grouping: causes, by: \.role)
    return byRole.sorted { $0.key < $1.key }.map { role, causes in
      // A policy that isolates in both directions is one policy.
      let citations = Set(causes.map(\.citation)).sorted().map(\.description)
      let once = citations.reduce(into: [String]()) { list, text in
        if !list.contains(text) { list.append(text) }
      }
      return lead(role) + " " + names(once)
    }.joined(separator: "; ")
  }

  /// The ports, or all but the others where that is shorter.
  static func ports(_ ports: PortSet) -> String {
    let others = PortSet.all.subtracting(ports)
    guard !others.isEmpty, others.terms.count < ports.terms.count else { return "\(ports)" }
    return "all but \(others)"
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
