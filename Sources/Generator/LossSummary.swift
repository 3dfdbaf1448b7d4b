public import Traffic

/// How much of the traffic was missed: by the recorders, and by tables that had no room for it.
public struct LossSummary: Hashable, Sendable {
  /// Packets that reached a recorder that counted what was dropped on the way.
  public let received: UInt64
  /// Packets dropped on the way to a recorder that counted them.
  public let dropped: UInt64
  /// Recorders that did not count all the time: their loss is unknown, not zero.
  public let unknownRecorders: Int
  /// The recorder that lost the largest share, where others counted too and lost less.
  public let worstRecorder: String?
  /// Conversations that found no room: needs may be among them.
  public let conversations: UInt64
  /// Names of addresses that found no room: without its name a need is one of the address that was seen.
  public let names: UInt64

  private let largestShare: Double
  private let crowdedOut: Double

  /// The summary of these facts.
  public init(_ facts: KeptFacts) {
    // What came to recorders that did not count would make the loss of the others look small.
    let counted = facts.losses.filter { $0.dropped != nil }
    received = counted.map(\.received).saturatingSum
    dropped = counted.compactMap(\.dropped).saturatingSum
    let shares = Dictionary(grouping: counted, by: \.recorder).mapValues { losses in
      Self.share(losses.compactMap(\.dropped).saturatingSum, beside: losses.map(\.received).saturatingSum)
    }
    let largest = shares.values.max() ?? 0
    largestShare = largest
    worstRecorder =
      shares.values.contains { $0 < largest } ? shares.filter { $0.value == largest }.keys.min() : nil
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
  public var percent: Double { Self.either(largestShare, crowdedOut) * 100 }

  /// The share of its packets that were dropped on the way to the recorder that lost the most, in percent.
  ///
  /// A node whose recorder lost much has needs of its own, however little the recorders of others lost.
  public var droppedPercent: Double { largestShare * 100 }

  /// Whether anything found no room.
  public var hasCrowdedOut: Bool { conversations > 0 || names > 0 }

  private static func share(_ missed: UInt64, beside kept: UInt64) -> Double {
    missed == 0 ? 0 : Double(missed) / (Double(missed) + Double(kept))
  }

  private static func either(_ one: Double, _ other: Double) -> Double { one + (1 - one) * other }
}
