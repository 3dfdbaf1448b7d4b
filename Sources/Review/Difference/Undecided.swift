public import Kubernetes

/// Rules or policies that only one of two sets has, of which it could not be decided whether they ever make a
/// difference.
public struct Undecided: Hashable, Sendable {
  /// What they would do, if they did something.
  public let role: Change.Role
  /// The rules or the policies.
  public let citations: [Citation]
  /// Why it was not decided.
  public var reason = Reason.tooManySelectors

  /// Why something was not decided.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// The search for an example was given up.
    case tooManySelectors = "too many selectors to compare"
    /// The rule picks other namespaces than before, and what their pods will be is not known.
    case relabelledNamespace = "labels of namespaces changed, which these rules ask for"
  }
}

extension Undecided: Comparable {
  /// By the rules, then by what they would do.
  public static func < (one: Undecided, other: Undecided) -> Bool {
    if one.citations != other.citations { return one.citations.lexicographicallyPrecedes(other.citations) }
    if one.role != other.role { return one.role < other.role }
    return one.reason == .tooManySelectors && other.reason != .tooManySelectors
  }
}

extension Undecided {
  /// The rules or the policies, with what they would do.
  var causes: [Change.Cause] { citations.map { Change.Cause(role: role, citation: $0) } }
}
