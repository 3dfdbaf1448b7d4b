public import Traffic

/// How much of the traffic the recorders missed.
public struct LossSummary: Hashable, Sendable {
  /// Packets that reached a recorder.
  public let received: UInt64
  /// Packets dropped on the way to a recorder that counted them.
  public let dropped: UInt64
  /// Recorders that did not count: their loss is unknown, not zero.
  public let unknownRecorders: Int
  /// Frames that taught nothing, by reason, most first.
  public let passed: [(reason: Passed, count: UInt64)]

  /// The summary of these facts.
  public init(_ facts: Facts) {
    received = facts.losses.reduce(0) { $0 &+ $1.received }
    dropped = facts.losses.reduce(0) { $0 &+ ($1.dropped ?? 0) }
    unknownRecorders = Set(facts.losses.filter { $0.dropped == nil }.map(\.recorder)).count
    passed = facts.passed.filter { $0.value > 0 }.map { (reason: $0.key, count: $0.value) }
      .sorted { $0.count == $1.count ? $0.reason.rawValue < $1.reason.rawValue : $0.count > $1.count }
  }

  /// The share that was dropped, in percent, as far as it was counted.
  public var percent: Double {
    let all = received &+ dropped
    return all == 0 ? 0 : Double(dropped) / Double(all) * 100
  }

  /// Whether two summaries say the same.
  public static func == (one: LossSummary, other: LossSummary) -> Bool {
    one.received == other.received && one.dropped == other.dropped
      && one.unknownRecorders == other.unknownRecorders
      && one.passed.elementsEqual(other.passed, by: ==)
  }

  /// Feeds what makes summaries equal.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(received)
    hasher.combine(dropped)
    hasher.combine(unknownRecorders)
    for row in passed {
      hasher.combine(row.reason)
      hasher.combine(row.count)
    }
  }
}
