/// What becomes of an edge.
public enum Bin: String, Hashable, Sendable, CaseIterable {
  /// A need: it becomes a rule.
  case learned
  /// What every cluster needs: names, monitoring, the API server, guests from outside.
  case baseline
  /// Seen, and kept out: scans, refusals, addresses that hand out secrets.
  case quarantined
  /// Nobody can say whose traffic it was.
  case unattributed
  /// Nothing that a policy could rule.
  case outOfScope = "out-of-scope"

  /// The name in tables.
  public var title: String { self == .outOfScope ? "out of scope" : rawValue }

  /// Whether such an edge must pass under the policies.
  public var isNeeded: Bool { self == .learned || self == .baseline }
}
