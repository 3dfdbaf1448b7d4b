/// A stretch of time in which frames came without a long break.
///
/// A break may be silence or a hole, as between files of one run that were recorded hours apart; nobody can tell which.
/// So after each one begins another stretch, in which an exchange that is seen for the first time may be older.
struct Stretch {
  /// From this moment on an exchange under way would have shown itself before.
  private var end = Instant.distantPast

  /// Takes note of a frame, and of the latest one before it.
  @inline(__always)
  mutating func note(_ instant: Instant, after latest: Instant) {
    let (gap, isBeyondCounting) = instant.nanoseconds.subtractingReportingOverflow(latest.nanoseconds)
    if gap > Self.longestBreak || isBeyondCounting { end = instant.advanced(bySeconds: Exchange.patience) }
  }

  /// Whether an exchange that is seen first at this moment may have begun before the stretch did.
  func mayHaveMissedTheBeginning(at instant: Instant) -> Bool { instant < end }

  /// Nanoseconds: every answered exchange would have been forgotten in so long a silence.
  private static let longestBreak = Exchange.patience * 1_000_000_000
}
