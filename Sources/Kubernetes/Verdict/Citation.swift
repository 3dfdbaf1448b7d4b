/// The policy, or the rule of a policy, that decides something.
public struct Citation: Hashable, Sendable {
  /// Namespace and name of the policy.
  public let policy: String
  /// The direction in which it decides.
  public let direction: PolicyDirection
  /// Which rule of that direction, counted from 0; nil where the policy as a whole decides.
  public let rule: Int?
  /// Where the rule, or the policy, was read.
  public let origin: Origin?

  /// A policy as a whole.
  public init(_ policy: NetworkPolicy, _ direction: PolicyDirection) {
    self.policy = policy.path
    self.direction = direction
    rule = nil
    origin = policy.origin
  }

  /// One rule of a policy.
  public init(_ policy: NetworkPolicy, _ direction: PolicyDirection, rule index: Int, _ rule: Rule) {
    self.policy = policy.path
    self.direction = direction
    self.rule = index
    origin = rule.origin ?? policy.origin
  }
}

extension Citation: Comparable {
  /// By policy, direction, rule (the whole policy first) and place.
  public static func < (one: Citation, other: Citation) -> Bool {
    if one.policy != other.policy { return one.policy < other.policy }
    if one.direction != other.direction { return one.direction < other.direction }
    if one.rule != other.rule { return (one.rule ?? -1) < (other.rule ?? -1) }
    guard let mine = one.origin, let theirs = other.origin else {
      return one.origin == nil && other.origin != nil
    }
    return mine < theirs
  }
}

extension Citation: CustomStringConvertible {
  /// The policy, the direction and number of the rule, and the place in parentheses.
  public var description: String {
    let rule = rule.map { " \(direction.rawValue) rule \($0)" } ?? ""
    let place = origin.map { " (\($0))" } ?? ""
    return policy + rule + place
  }
}
