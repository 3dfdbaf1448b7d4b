public import Kubernetes
public import Traffic

/// A pair of parties for which two sets of policies open different ports.
public struct Change: Hashable, Sendable {
  /// Who asks.
  public let from: String
  /// Who is asked.
  public let to: String
  /// The ports that were open.
  public let before: PortSet
  /// The ports that are open now.
  public let after: PortSet
  /// The rules and policies that make the difference, in order.
  public let causes: [Cause]
  /// Whether the pair is an example: no two ends that are known show the difference.
  public let isSymbolic: Bool
  /// Whether the ends themselves came, went or changed.
  public let topology: Topology
  /// The family of addresses over which it is so; nil where it is so over each that both ends have.
  public let family: Family?

  /// What happened to the pair.
  public var kind: Kind {
    if before.isEmpty { return .added }
    return after.isEmpty ? .removed : .changed
  }

  /// The ports that become open.
  public var opens: PortSet { after.subtracting(before) }

  /// The ports that are open no longer.
  public var closes: PortSet { before.subtracting(after) }

  /// Whether anything becomes allowed that was not.
  public var widens: Bool { !opens.isEmpty }

  /// What can happen to a pair.
  public enum Kind: String, Hashable, Sendable {
    /// Nothing was open, something is.
    case added
    /// Something was open, nothing is.
    case removed
    /// Something was and is open, but not the same.
    case changed
  }

  /// A rule or a policy that makes a difference, and how.
  public struct Cause: Hashable, Sendable {
    /// How it makes the difference.
    public let role: Role
    /// The rule or the policy.
    public let citation: Citation
  }

  /// How a rule or a policy makes a difference.
  public enum Role: String, Hashable, Sendable {
    /// A rule, there now, that lets through what was not.
    case opens
    /// A policy, gone now, that isolated an end.
    case isolated
    /// A rule, gone now, that let through what is not any more.
    case opened
    /// A policy, there now, that isolates an end that was open.
    case isolates
  }
}

extension Change {
  /// This change and the same over other families, as one for the reasons of all of them.
  func together(with others: [Change]) -> Change {
    Change(
      from: from, to: to, before: before, after: after,
      causes: Set((others + [self]).flatMap(\.causes)).sorted(), isSymbolic: isSymbolic, topology: topology,
      family: nil)
  }
}

extension Change: Comparable {
  /// By who asks, then by who is asked; for the same ends by the family, and by what they show.
  public static func < (one: Change, other: Change) -> Bool {
    if (one.from, one.to) != (other.from, other.to) { return (one.from, one.to) < (other.from, other.to) }
    if one.family != other.family { return one.family == nil || other.family == .v6 }
    let (mine, theirs) = ("\(one.before) \(one.after)", "\(other.before) \(other.after)")
    return mine == theirs ? one.causes.lexicographicallyPrecedes(other.causes) : mine < theirs
  }
}

extension Change.Cause: Comparable {
  /// What widens first, then by policy and rule.
  public static func < (one: Change.Cause, other: Change.Cause) -> Bool {
    guard one.role == other.role else { return one.role < other.role }
    return one.citation < other.citation
  }
}

extension Change.Role: Comparable {
  /// Whether it lets more through, and not less.
  var isWidening: Bool {
    switch self {
    case .opens, .isolated: true
    case .opened, .isolates: false
    }
  }

  /// What widens first, then what narrows.
  public static func < (one: Change.Role, other: Change.Role) -> Bool { one.rank < other.rank }

  private var rank: Int {
    switch self {
    case .opens: 0
    case .isolated: 1
    case .opened: 2
    case .isolates: 3
    }
  }
}
