import Console
import Traffic

/// What taught nothing, in words for people.
enum PassedWords {
  /// How many there were of a reason: `1 frame cut short`, `9 frames cut short`.
  static func counted(_ count: UInt64, _ reason: Passed) -> String {
    "\(count.grouped) \(count == 1 ? one(reason) : reason.rawValue)"
  }

  /// The reason where there was one of it.
  private static func one(_ reason: Passed) -> String {
    switch reason {
    case .nothing: return "packet that holds nothing"
    // What remains is never one thing.
    case .oneSided: return reason.rawValue
    default: break
    }
    let words = reason.rawValue.split(separator: " ")
    guard let place = words.firstIndex(where: { singular[$0] != nil }) else { return reason.rawValue }
    return words.enumerated().map { String($0 == place ? singular[$1] ?? $1 : $1) }.joined(separator: " ")
  }

  /// Of each reason it is the first of these words that is counted.
  private static let singular: [Substring: Substring] = [
    "packets": "packet", "fragments": "fragment", "transports": "transport", "protocols": "protocol",
    "frames": "frame", "overlays": "overlay", "messages": "message", "types": "type",
    "exchanges": "exchange", "conversations": "conversation", "ties": "tie", "attempts": "attempt",
    "questions": "question", "addresses": "address", "connections": "connection", "openings": "opening",
    "answers": "answer",
  ]
}
