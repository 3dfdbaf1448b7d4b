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
  /// What puts the policies in force; nil for what the cluster shows.
  public var plugin: NetworkPlugin.Name?
  /// The kind of object that the policies are written as.
  public var dialect = Dialect.kubernetes
  /// Policies that stand already, beside those of the cluster; of two with one name these count.
  public var standing: [NetworkPolicy] = []
  /// Whether they are written so that labels that Kustomize adds change nothing.
  public var isKustomizeSafe = false

  /// What was decided about edges that are kept out, or that no rule can be written for.
  public var decisions = Decisions()

  /// Networks outside that take the place of addresses in them.
  public var networks = Networks()

  /// The usual choices.
  public init() {}

  /// All that is known of what puts the policies in force.
  var rules: NetworkPlugin { NetworkPlugin(plugin ?? .unknown) }

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
