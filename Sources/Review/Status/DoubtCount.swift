public import Generator
import Traffic

/// Edges that nobody can be named for, for one reason.
public struct DoubtCount: Hashable, Sendable {
  /// What they have in common.
  public let cause: Doubt.Cause
  /// How many edges.
  public let edges: Int
  /// How many conversations.
  public let conversations: UInt64
  /// How many of them were established: those are somebody's need.
  public let established: UInt64
  /// Those with the most conversations, the largest first.
  public let largest: [Edge]

  /// The doubts about these edges: those with the most conversations first.
  static func all(of edges: [Edge]) -> [DoubtCount] {
    Dictionary(grouping: edges.filter { $0.cause != nil }, by: \.cause)
      .compactMap { cause, edges in cause.map { DoubtCount($0, edges) } }
      .sorted { one, other in
        one.conversations == other.conversations
          ? one.cause.rawValue < other.cause.rawValue : one.conversations > other.conversations
      }
  }

  private init(_ cause: Doubt.Cause, _ edges: [Edge]) {
    self.cause = cause
    self.edges = edges.count
    conversations = edges.map(\.evidence.conversations).saturatingSum
    established = edges.map(\.evidence.established).saturatingSum
    let sorted = edges.sorted { one, other in
      one.evidence.conversations == other.evidence.conversations
        ? one.key < other.key : one.evidence.conversations > other.evidence.conversations
    }
    largest = Array(sorted.prefix(Self.shown))
  }

  private static let shown = 3
}
