public import Generator

/// A recorded edge that no policies were asked about.
public struct Unasked: Hashable, Sendable {
  /// The edge.
  public let edge: Edge
  /// Why not.
  public let cause: Cause

  /// Why policies were not asked about an edge.
  public enum Cause: String, Hashable, Sendable, CaseIterable {
    /// One end is nobody's, or nobody knows which end asked.
    case unattributed
    /// Nothing that a policy could rule.
    case outOfScope = "out of scope"
    /// A machine always reaches its own pods.
    case ownPods = "from a machine to its own pods"
    /// The pods behind a Service, which policies see in its place, are not known.
    case unknownBackends = "to a Service whose pods nobody knows"
    /// The inventory has nothing that shows the labels of one end's pods.
    case faceless = "of a workload whose labels nobody knows"
  }
}
