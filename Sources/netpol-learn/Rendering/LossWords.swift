import Console
import Generator
import Traffic

/// What is said of traffic that was missed.
enum LossWords {
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
    return counts.isEmpty ? nil : "no room for \(counts.joined(separator: " and "))"
  }
}
