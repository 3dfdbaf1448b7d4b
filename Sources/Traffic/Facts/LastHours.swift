/// The last hours in which anything was seen, and from which of them times are counted back.
///
/// One packet of a clock that was wrong must not make everything else old: a few facts of an hour or two that stand a
/// month or more after all others are not counted back from. Where the clock was right after all, more follows, and
/// until then too much is kept.
public struct LastHours: Hashable, Sendable {
  /// The hour to count back from; nil where nothing was seen at all.
  public let last: Int64?
  /// The hours after it, the earliest first: each alone.
  public let alone: [Int64]

  /// What follows from the last hours of all, the latest first, and how many facts each has.
  public init(_ latest: [(hour: Int64, facts: Int)]) {
    var alone: [Int64] = []
    var rest = latest[...]
    while let count = Self.countAlone(rest) {
      alone += rest.prefix(count).map(\.hour)
      rest = rest.dropFirst(count)
    }
    last = rest.first?.hour
    self.alone = alone.reversed()
  }

  /// How many of the hours it takes, counted from the last, to know what stands alone among the few last ones.
  public static let enough = 8

  /// How many hours at the end stand alone; nil where none does.
  private static func countAlone(_ hours: ArraySlice<(hour: Int64, facts: Int)>) -> Int? {
    var facts = 0
    for (count, (later, earlier)) in zip(1...mostAlone, zip(hours, hours.dropFirst())) {
      facts += later.facts
      let distance = later.hour.subtractingReportingOverflow(earlier.hour)
      guard distance.overflow || distance.partialValue >= farAway else { continue }
      let others = hours.dropFirst(count).reduce(0) { $0 + $1.facts }
      return facts <= others / 4 ? count : nil
    }
    return nil
  }

  /// What was recorded within an hour may go over its end.
  private static let mostAlone = 2

  /// Thirty days.
  private static let farAway: Int64 = 30 * 24
}
