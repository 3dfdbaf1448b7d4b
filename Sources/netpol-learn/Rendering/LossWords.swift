import Console
import Generator
import Review
import Traffic

/// What is said of traffic that was missed.
enum LossWords {
  /// The share that was missed, and by whom where one recorder missed more than others.
  static func share(_ loss: LossSummary) -> String {
    let share = Rounded.percent(loss.percent)
    if loss.hasCrowdedOut { return "\(share) of the traffic was lost" }
    return "\(share) of the packets were lost\(loss.worstRecorder.map { " by the recorder `\($0)`" } ?? "")"
  }

  /// What recorders counted, and whether that is all; nil where nobody counted.
  static func dropped(_ losses: [(received: UInt64, dropped: UInt64)], isAll: Bool) -> String? {
    guard !losses.isEmpty else { return nil }
    let dropped = losses.map(\.dropped).saturatingSum
    let all = losses.map(\.received).saturatingSum.saturatingPlus(dropped)
    let share = Rounded.percent(all == 0 ? 0 : Double(dropped) / Double(all) * 100)
    return "\(isAll ? "" : "at least ")\(dropped.grouped) of \(all.counted("packet")) (\(share))"
  }

  /// What was lost where it was counted, and where it was not.
  static func counted(by recorders: [Recorder]) -> String {
    let all = recorders.count
    let counted = recorders.compactMap(\.counted).map { (received: $0.received, dropped: $0.dropped) }
    let inPart = recorders.count { $0.counted != nil && $0.dropped == nil }
    guard let dropped = Self.dropped(counted, isAll: inPart == 0) else {
      return all == 0 ? "nothing was recorded" : "unknown: nobody counted drops"
    }
    let rest = [
      counted.count < all
        ? "unknown for \((all - counted.count).grouped) of \(all.counted("recorder"))" : nil,
      inPart > 0 ? "counted in part by \(inPart.grouped) of \(all.counted("recorder"))" : nil,
    ]
    return ([dropped] + rest.compactMap(\.self)).joined(separator: "; ")
  }

  /// What was dropped and what found no room, each where there is any.
  static func list(_ loss: LossSummary) -> [String] {
    let all = loss.received.saturatingPlus(loss.dropped)
    let dropped = loss.dropped > 0 ? ["\(loss.dropped.grouped) of \(all.counted("packet")) dropped"] : []
    return dropped + [crowdedOut(loss)].compactMap(\.self)
  }

  /// What found no room; nil where everything did.
  static func crowdedOut(_ loss: LossSummary) -> String? {
    let counts = [
      loss.conversations > 0 ? loss.conversations.counted("conversation") : nil,
      loss.names > 0 ? loss.names.counted("name") : nil,
    ].compactMap(\.self)
    return counts.isEmpty ? nil : "no room for up to \(counts.joined(separator: " and "))"
  }
}
