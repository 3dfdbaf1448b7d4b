/// Whether a connection is allowed, and what decides so.
public struct Verdict: Hashable, Sendable {
  /// What the policies of the end that asks say.
  public let egress: Side
  /// What the policies of the end that is asked say.
  public let ingress: Side
  /// What else one should know.
  public let notes: [Note]

  /// Whether both sides let it through.
  public var isAllowed: Bool { egress.isAllowed && ingress.isAllowed }

  /// What the policies of one end say.
  public enum Side: Hashable, Sendable {
    /// No policy isolates the end in this direction, so everything passes.
    case open
    /// It is isolated, and these rules let the connection through.
    case allowed(by: OneOrMore<Citation>)
    /// It is isolated, and no rule lets the connection through.
    case denied(Denial)

    /// Whether the connection passes on this side.
    public var isAllowed: Bool {
      if case .denied = self { false } else { true }
    }

    /// Whether any policy isolates the end in this direction.
    public var isIsolated: Bool { self != .open }
  }

  /// Why a side lets a connection not through.
  public struct Denial: Hashable, Sendable {
    /// What is missing.
    public let cause: Cause
    /// The rule that comes nearest to letting it through; nil where there is no rule at all.
    public let nearest: Citation?
    /// The policies that isolate the end.
    public let isolatedBy: OneOrMore<Citation>
  }

  /// What is missing in a denial.
  public enum Cause: String, Hashable, Sendable {
    /// The isolating policies have no rule in this direction.
    case noRule = "no rule"
    /// No rule names the other end.
    case peer
    /// A rule names the other end, but not this port.
    case port
  }
}
