public import Kubernetes

/// What people may choose about the policies.
public struct Options: Hashable, Sendable {
  /// The namespaces that get policies; none for a look at everything.
  public var namespaces: Set<String> = []
  /// Which sides are ruled.
  public var isolation: Isolation = .both
  /// How addresses outside the cluster are written.
  public var external: External = .auto
  /// Whether thin evidence is kept out.
  public var isStrict = false

  /// The usual choices.
  public init() {}

  /// How addresses outside the cluster are written.
  public enum External: String, Hashable, Sendable, CaseIterable {
    /// By public name: the public internet on that port; else the address that was seen.
    case auto
    /// Always the addresses that were seen.
    case exact
    /// Always the public internet on that port, for public addresses.
    case `public`
    /// Not at all: such needs are listed and cut.
    case none
  }
}
