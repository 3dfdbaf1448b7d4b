public import Generator
public import Traffic

/// What was recorded, what was missed, and for whom nobody can be named: all that a store says of itself.
public struct Status: Sendable {
  /// From when the first conversation began until any was seen last; nil where there is none.
  public let window: ClosedRange<Instant>?
  /// For how long anybody recorded, and in how many stretches of time: there may be hours between files.
  public let recorded: (time: Duration, stretches: Int)
  /// Who recorded, by name.
  public let recorders: [Recorder]
  /// How much was missed, by all of them and by tables without room.
  public let loss: LossSummary
  /// When recorders were silent though they should not have been.
  public let gaps: [Gap]
  /// Frames that taught nothing: those of the commonest reason first.
  public let passed: [PassedCount]
  /// What was sent in others' names, in order.
  public let spoofed: [SpoofedEdge]
  /// How the edges are spread over the bins.
  public let accounting: Accounting
  /// How far the edges came, by transport.
  public let tiers: [TierCount]
  /// The edges that nobody can be named for, by what they have in common.
  public let doubts: [DoubtCount]
  /// When needs were seen for the first time, hour by hour.
  public let hours: [HourCount]

  /// The status of what follows from these facts, about the namespaces that were asked for.
  public init(_ learned: Learned, of facts: KeptFacts) {
    let rows = RecorderRows(facts.conversations)
    window = Self.window(of: rows.seen.values)
    recorded = learned.recordedTime
    recorders = Recorder.all(in: facts, rows)
    loss = learned.loss
    gaps = facts.gaps.sorted { ($0.from, $0.until, $0.recorder) < ($1.from, $1.until, $1.recorder) }
    passed = facts.passed.filter { $0.value > 0 }.map { PassedCount(reason: $0.key, frames: $0.value) }
      .sorted { $0.frames == $1.frames ? $0.reason.rawValue < $1.reason.rawValue : $0.frames > $1.frames }
    spoofed = learned.spoofed.filter { $0.key.touches(learned.options.namespaces) }
    accounting = learned.accounting
    tiers = TierCount.all(of: learned.edges)
    doubts = DoubtCount.all(of: learned.edges)
    hours = HourCount.all(of: learned.edges, among: rows.hours)
  }

  private static func window(of spans: some Collection<ClosedRange<Instant>>) -> ClosedRange<Instant>? {
    let first = spans.map(\.lowerBound).min()
    return first.flatMap { first in spans.map(\.upperBound).max().map { first...max(first, $0) } }
  }
}

/// Frames that taught nothing for one reason.
public struct PassedCount: Hashable, Sendable {
  /// Why.
  public let reason: Passed
  /// How many.
  public let frames: UInt64
}

/// How many edges came this far at best, over one transport.
public struct TierCount: Hashable, Sendable {
  /// The transport.
  public let transport: Transport
  /// How far they came.
  public let tier: Tier
  /// How many edges.
  public let edges: Int
  /// How many conversations they had, of whatever tier.
  public let conversations: UInt64

  static func all(of edges: [Edge]) -> [TierCount] {
    struct Kind: Hashable {
      let transport: Transport
      let tier: Tier
    }
    return Dictionary(grouping: edges) { Kind(transport: $0.transport, tier: $0.tier) }
      .map { kind, edges in
        TierCount(
          transport: kind.transport, tier: kind.tier, edges: edges.count,
          conversations: edges.map(\.evidence.conversations).saturatingSum)
      }
      .sorted { $0.transport == $1.transport ? $0.tier > $1.tier : $0.transport < $1.transport }
  }
}
