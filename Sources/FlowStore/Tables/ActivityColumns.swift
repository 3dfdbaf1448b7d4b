internal import Traffic

/// An `Activity` as rows keep it, in nanoseconds: from the beginning of the hour to the first moment, from there to the
/// last, and the other minutes.
struct ActivityColumns {
  let first: Int64
  let span: Int64
  /// The minutes beside that of the first moment and that of the last: mostly none, which takes no byte.
  ///
  /// After a merge those two may be among them.
  let minutes: Int64

  init(_ activity: Activity) {
    // The first hour of all begins before the range does. Differences that wrap are right all the same: they are small.
    first = activity.first.nanoseconds &- activity.hour &* Self.hour
    span = activity.last.nanoseconds &- activity.first.nanoseconds
    // Sixty bits at most, so the sign stays clear.
    minutes = Int64(
      truncatingIfNeeded: activity.minutes & ~(1 << UInt64(activity.first.minute))
        & ~(1 << UInt64(activity.last.minute)))
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
    // A foreign hour may wrap; what comes out is then of another hour.
    let start = hour &* Self.hour &+ first
    // Within the hour, so these are minutes of it.
    let ends: UInt64 = 1 << UInt64(first / Self.minute) | 1 << UInt64((first + span) / Self.minute)
    let activity = Activity(
      first: Instant(nanoseconds: start), last: Instant(nanoseconds: start &+ span),
      minutes: UInt64(minutes) | ends)
    return activity?.hour == hour ? activity : nil
  }

  /// The columns, and how a new activity is merged into the one that is there; in SQL a shift binds no tighter than `|`.
  static let values = [
    SealedTable.Value(name: "first", merged: "min(first, excluded.first)"),
    SealedTable.Value(
      name: "span",
      merged: "max(first + span, excluded.first + excluded.span) - min(first, excluded.first)"),
    SealedTable.Value(
      name: "minutes",
      merged: ["", "excluded."].flatMap { row in
        [
          "\(row)minutes", "(1 << (\(row)first / \(minute)))",
          "(1 << ((\(row)first + \(row)span) / \(minute)))",
        ]
      }.joined(separator: " | ")),
  ]

  /// Nanoseconds.
  private static let hour: Int64 = 60 * minute
  private static let minute: Int64 = 60_000_000_000
}
