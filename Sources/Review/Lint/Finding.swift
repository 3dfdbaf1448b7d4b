public import Kubernetes

/// Something that lint found, under the rule that found it.
public struct Finding: Hashable, Sendable {
  /// The rule's name.
  public let rule: String
  /// How much it matters.
  public let severity: Severity
  /// What is the matter, in one line.
  public let message: String
  /// What to do about it, where that is known.
  public let hint: String?
  /// The object it is about, as `Kind namespace/name`; nil where it is about none that is written.
  public let object: String?
  /// Where it stands; nil where it stands nowhere.
  public let place: Origin?
  /// Why nobody need do anything about it, where somebody has said so and the time is not up.
  public let suppression: Suppression?

  /// Whether it counts.
  public var isOpen: Bool { suppression == nil }
}

extension Finding: Comparable {
  /// By place, those of no place first; at one place by rule and words.
  public static func < (one: Finding, other: Finding) -> Bool {
    if one.place != other.place {
      guard let mine = one.place, let theirs = other.place else { return one.place == nil }
      return mine < theirs
    }
    return (one.rule, one.message) < (other.rule, other.message)
  }
}
