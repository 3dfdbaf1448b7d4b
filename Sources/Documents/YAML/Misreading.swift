/// What some YAML reader takes a text for that stands without quotes, and that the Kubernetes reader takes for text.
public enum Misreading: String, Hashable, Sendable {
  /// A number: `1:30` is ninety in YAML 1.1, and `.5_` a half.
  case number = "a number"
  /// A day or a moment: `2026-01-31`.
  case time = "a date"
  /// The mark of a default value, `=`, which some readers refuse.
  case mark = "a mark"
}

extension Node {
  /// What some readers would take this text for, because it was written without quotes.
  public var misreading: Misreading? {
    guard case .string(let text) = value, spelling != nil else { return nil }
    return Ambiguity.misreading(of: text)
  }
}
