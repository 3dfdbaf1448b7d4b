import Generator
public import Traffic

/// What an hour taught that was not known before.
///
/// This says how much was new, and nothing of what is still to come: a job that runs once a week shows itself once a
/// week, however quiet the hours between are.
public struct HourCount: Hashable, Sendable {
  /// When the hour began.
  public let begin: Instant
  /// Needs that were seen in it for the first time: edges that become rules.
  public let newNeeds: Int

  /// The hours in which anything was seen, in order.
  static func all(of edges: [Edge], among hours: Set<Int64>) -> [HourCount] {
    let needs = Dictionary(
      edges.filter(\.bin.isNeeded).map { ($0.evidence.first.hour, 1) }, uniquingKeysWith: +)
    return hours.union(needs.keys).sorted().map {
      HourCount(begin: Instant(seconds: $0 * 3600), newNeeds: needs[$0, default: 0])
    }
  }
}

extension [HourCount] {
  /// The last hour that taught a new need; nil where none did.
  public var lastNew: HourCount? { last { $0.newNeeds > 0 } }
}
