public import Documents
import Generator
public import Traffic

/// How a status is written as JSON.
public enum StatusDocument {
  /// The members of the document, for a store that adds what only it knows.
  public static func members(_ status: Status) -> [Node.Member] {
    [
      Node.Member("accounting", AccountingDocument.node(status.accounting)),
      Node.Member("window", span(status.window)),
      Node.Member("recorded", recorded(status)),
      Node.Member("recorders", .sequence(status.recorders.map(recorder))),
      Node.Member("loss", loss(status.loss)),
      Node.Member("gaps", .sequence(status.gaps.map(gap))),
      Node.Member(
        "passed",
        Node(.mapping(status.passed.map { Node.Member($0.reason.rawValue, .integer($0.frames)) }))),
      Node.Member("spoofed", .sequence(status.spoofed.map(SpoofedDocument.node))),
      Node.Member("tiers", .sequence(status.tiers.map(tier))),
      Node.Member("unattributed", .sequence(status.doubts.map(doubt))),
      Node.Member("hours", .sequence(status.hours.map(hour))),
    ]
  }

  /// `{"from": …, "until": …}`; null where there is nothing between.
  public static func span(_ range: ClosedRange<Instant>?) -> Node {
    guard let range else { return .null }
    return .mapping([
      "from": .string(range.lowerBound.description), "until": .string(range.upperBound.description),
    ])
  }

  /// For how long anybody recorded, and how often somebody began to.
  static func recorded(_ status: Status) -> Node {
    .mapping([
      "seconds": .integer(Int(status.recorded.time.components.seconds)),
      "stretches": .integer(status.recorded.stretches),
    ])
  }

  /// What was missed: the share in percent, null where nobody counted and everything found room.
  static func loss(_ loss: LossSummary) -> Node {
    let isCounted = loss.received > 0 || loss.dropped > 0 || loss.hasCrowdedOut
    return .mapping([
      "percent": isCounted ? Node(.number("\((loss.percent * 1000).rounded() / 1000)")) : .null,
      "received": .integer(loss.received), "dropped": .integer(loss.dropped),
      "unknownRecorders": .integer(loss.unknownRecorders),
      "conversationsWithoutRoom": .integer(loss.conversations), "namesWithoutRoom": .integer(loss.names),
    ])
  }

  private static func recorder(_ recorder: Recorder) -> Node {
    .mapping([
      "name": .string(recorder.name), "facts": .integer(recorder.facts), "seen": span(recorder.seen),
      "received": .integer(recorder.received), "dropped": recorder.dropped.map { .integer($0) } ?? .null,
      "counted": recorder.counted.map {
        .mapping(["received": .integer($0.received), "dropped": .integer($0.dropped)])
      } ?? .null,
    ])
  }

  private static func gap(_ gap: Gap) -> Node {
    .mapping([
      "recorder": .string(gap.recorder), "from": .string(gap.from.description),
      "until": .string(gap.until.description),
    ])
  }

  private static func tier(_ count: TierCount) -> Node {
    .mapping([
      "protocol": .string(count.transport.name), "tier": .string(count.tier.name),
      "edges": .integer(count.edges), "conversations": .integer(count.conversations),
    ])
  }

  private static func doubt(_ count: DoubtCount) -> Node {
    .mapping([
      "reason": .string(count.cause.rawValue), "edges": .integer(count.edges),
      "conversations": .integer(count.conversations), "established": .integer(count.established),
      "largest": .sequence(count.largest.map(EdgeDocument.brief)), "next": .string(count.cause.advice),
    ])
  }

  private static func hour(_ hour: HourCount) -> Node {
    .mapping(["begin": .string(hour.begin.description), "newNeeds": .integer(hour.newNeeds)])
  }
}
