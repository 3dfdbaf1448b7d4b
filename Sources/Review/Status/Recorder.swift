public import Traffic

/// Somebody who recorded: a node and its boot, or a run over capture files.
public struct Recorder: Hashable, Sendable {
  /// The name under which the facts stand.
  public let name: String
  /// How many facts.
  public let facts: Int
  /// From the first conversation to the last; nil where there is none.
  public let seen: ClosedRange<Instant>?
  /// Packets that reached it, as far as it counted.
  public let received: UInt64
  /// Packets dropped on the way to it; nil where that was not counted all the time, which is unknown and not zero.
  public let dropped: UInt64?

  /// Everybody who recorded anything, or told what was missed, by name.
  static func all(in facts: Facts) -> [Recorder] {
    let rows = Dictionary(grouping: facts.conversations, by: \.key.recorder)
    let losses = Dictionary(grouping: facts.losses, by: \.recorder)
    let names = Set(rows.keys).union(losses.keys).union(facts.names.map(\.key.recorder))
      .union(facts.gaps.map(\.recorder))
    return names.sorted().map {
      Recorder($0, rows: rows[$0, default: []], losses: losses[$0, default: []])
    }
  }

  private init(_ name: String, rows: [Fact], losses: [Loss]) {
    self.name = name
    facts = rows.count
    let first = rows.map(\.activity.first).min()
    seen = first.flatMap { first in rows.map(\.activity.last).max().map { first...max(first, $0) } }
    received = losses.map(\.received).saturatingSum
    let counted = losses.compactMap(\.dropped)
    dropped = losses.isEmpty || counted.count < losses.count ? nil : counted.saturatingSum
  }
}
