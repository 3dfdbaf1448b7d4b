public import Traffic

/// Somebody who recorded: a node and its boot, or a run over capture files.
public struct Recorder: Hashable, Sendable {
  /// The name under which the facts stand.
  public let name: String
  /// How many facts.
  public let facts: Int
  /// From when the first conversation began until any was seen last; nil where there is none.
  public let seen: ClosedRange<Instant>?
  /// Packets that reached it, as far as it counted.
  public let received: UInt64
  /// Packets that reached it, and those dropped on the way, of the times in which it counted both; nil where it never did.
  public let counted: Counted?
  /// Packets dropped on the way to it; nil where that was not counted all the time, which is unknown and not zero.
  public let dropped: UInt64?

  /// What reached a recorder, and what did not.
  public struct Counted: Hashable, Sendable {
    /// Packets that reached it.
    public let received: UInt64
    /// Packets dropped on the way.
    public let dropped: UInt64
  }

  /// Everybody who recorded anything, or told what was missed, by name.
  static func all(in facts: KeptFacts, _ rows: RecorderRows) -> [Recorder] {
    let losses = Dictionary(grouping: facts.losses, by: \.recorder)
    let names = Set(rows.counts.keys).union(losses.keys).union(facts.names.map(\.key.recorder))
      .union(facts.gaps.map(\.recorder))
    return names.sorted().map {
      Recorder($0, facts: rows.counts[$0, default: 0], seen: rows.seen[$0], losses: losses[$0, default: []])
    }
  }

  private init(_ name: String, facts: Int, seen: ClosedRange<Instant>?, losses: [Loss]) {
    self.name = name
    self.facts = facts
    self.seen = seen
    received = losses.map(\.received).saturatingSum
    let counting = losses.filter { $0.dropped != nil }
    let sum = Counted(
      received: counting.map(\.received).saturatingSum, dropped: counting.compactMap(\.dropped).saturatingSum)
    counted = counting.isEmpty ? nil : sum
    dropped = losses.isEmpty || counting.count < losses.count ? nil : sum.dropped
  }
}
