public import Traffic

/// How much of the traffic was missed: by the recorders, and by tables that had no room for it.
public struct LossSummary: Hashable, Sendable {
  /// Packets that reached a recorder.
  public let received: UInt64
  /// Packets dropped on the way to a recorder that counted them.
  public let dropped: UInt64
  /// Recorders that did not count: their loss is unknown, not zero.
  public let unknownRecorders: Int
  /// Conversations that found no room: needs may be among them.
  public let conversations: UInt64
  /// Names of addresses that found no room: without its name a need is one of the address that was seen.
  public let names: UInt64

  private let crowdedOut: Double

  /// The summary of these facts.
  public init(_ facts: KeptFacts) {
    received = facts.losses.map(\.received).saturatingSum
    dropped = facts.losses.compactMap(\.dropped).saturatingSum
    unknownRecorders = Set(facts.losses.filter { $0.dropped == nil }.map(\.recorder)).count
    conversations = Passed.crowdedOut.map { facts.passed[$0, default: 0] }.saturatingSum
    names = Passed.namesCrowdedOut.map { facts.passed[$0, default: 0] }.saturatingSum
    // To add up what is kept takes a look at every row.
    let kept: UInt64 =
      conversations == 0
      ? 0 : facts.conversations.portions.joined().reduce(0) { $0.saturatingPlus($1.conversations) }
    crowdedOut = Self.either(
      Self.share(conversations, beside: kept), Self.share(names, beside: UInt64(facts.names.count)))
  }
}

// What it can tell.
extension LossSummary {
  /// The share that was missed, in percent, as far as it was counted: dropped, or without room.
  ///
  /// A need is missed by either, so that the shares add up but for what both would have missed.
  public var percent: Double { Self.either(Self.share(dropped, beside: received), crowdedOut) * 100 }

  /// The share of the packets that were dropped, in percent.
  public var droppedPercent: Double { Self.share(dropped, beside: received) * 100 }

  /// Whether anything found no room.
  public var hasCrowdedOut: Bool { conversations > 0 || names > 0 }

  private static func share(_ missed: UInt64, beside kept: UInt64) -> Double {
    missed == 0 ? 0 : Double(missed) / (Double(missed) + Double(kept))
  }

  private static func either(_ one: Double, _ other: Double) -> Double { one + (1 - one) * other }
}
