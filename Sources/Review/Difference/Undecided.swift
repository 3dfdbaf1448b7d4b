public import Kubernetes

/// Rules or policies that only one of two sets has, of which it could not be decided in time whether they ever make a
/// difference.
public struct Undecided: Hashable, Sendable {
  /// What they would do, if they did something.
  public let role: Change.Role
  /// The rules or the policies.
  public let citations: [Citation]
}

extension Undecided: Comparable {
  /// By the rules, then by what they would do.
  public static func < (one: Undecided, other: Undecided) -> Bool {
    if one.citations != other.citations { return one.citations.lexicographicallyPrecedes(other.citations) }
    return one.role < other.role
  }
}

extension Undecided {
  /// The rules or the policies, with what they would do.
  var causes: [Change.Cause] { citations.map { Change.Cause(role: role, citation: $0) } }
}
