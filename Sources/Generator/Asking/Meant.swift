public import Kubernetes

/// Whom people mean by a name or an address, as one end of a connection.
public struct Meant: Sendable {
  /// The ends, each with the port that is meant there.
  public internal(set) var doors: [Door] = []
  /// What the text was taken for, where that is not what it says.
  public internal(set) var notes: [String] = []

  /// An end and a port of it; as the end that asks the port means nothing.
  public struct Door: Hashable, Comparable, Sendable {
    /// The end.
    public let end: End
    /// Its own port.
    public let port: UInt16

    /// By end, then port.
    public static func < (one: Door, other: Door) -> Bool {
      one.end == other.end ? one.port < other.port : one.end < other.end
    }
  }

  /// Whether nobody is meant.
  public var isNobody: Bool { doors.isEmpty }

  /// The workloads that are meant.
  public var workloads: [WorkloadID] { doors.compactMap(\.end.workload) }
}
