internal import Traffic

/// An `Activity` as rows keep it, in nanoseconds: from the beginning of the hour to the first moment, from there to the
/// last, and the minutes.
struct ActivityColumns {
  let first: Int64
  let span: Int64
  let minutes: Int64

  init(_ activity: Activity) {
    // The first hour of all begins before the range does. Differences that wrap are right all the same: they are small.
    first = activity.first.nanoseconds &- activity.hour &* Self.hour
    span = activity.last.nanoseconds &- activity.first.nanoseconds
    // Sixty bits at most, so the sign stays clear.
    minutes = Int64(truncatingIfNeeded: activity.minutes)
  }

  /// What three columns of a row say, the first of them numbered; nil when one is no number.
  init?(from row: borrowing Statement, at column: Int32) {
    guard let first = row.integer(column), let span = row.integer(column + 1),
      let minutes = row.integer(column + 2)
    else { return nil }
    self.first = first
    self.span = span
    self.minutes = minutes
  }

  /// The activity in this hour; nil when the columns contradict themselves.
  func activity(hour: Int64) -> Activity? {
    let within = 0..<Self.hour
    guard within.contains(first), within.contains(span), within.contains(first + span), minutes >= 0
    else { return nil }
    // A foreign hour may wrap; what comes out is then of another hour, which the fact's own check refuses.
    let start = hour &* Self.hour &+ first
    return Activity(
      first: Instant(nanoseconds: start), last: Instant(nanoseconds: start &+ span), minutes: UInt64(minutes))
  }

  /// SQL that merges the new activity into the one that is there; the right-hand sides all see the row as it was.
  static let merging = """
    first = min(first, excluded.first),
    span = max(first + span, excluded.first + excluded.span) - min(first, excluded.first),
    minutes = minutes | excluded.minutes
    """

  /// Nanoseconds.
  private static let hour: Int64 = 3_600_000_000_000
}
