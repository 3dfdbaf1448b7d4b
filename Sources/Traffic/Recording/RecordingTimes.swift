/// The times of a recording's frames: from when to when they go, and since when without a long break.
///
/// A break may be silence or a hole, as between files of one run that were recorded hours apart; nobody can tell which.
/// So after each one begins another stretch, in which an exchange that is seen for the first time may be older.
struct RecordingTimes {
  /// The earliest; the end of credible time, which no frame has, while there is none.
  private var first = Instant.credible.upperBound
  /// The latest; the end of credible time while there is none.
  private var last = Instant.credible.upperBound
  /// From this moment on an exchange under way would have shown itself before.
  private var end = Instant.distantPast

  /// From the earliest to the latest; nil when there is none.
  var span: ClosedRange<Instant>? { first < Instant.credible.upperBound ? first...last : nil }

  /// Takes note of a frame; false for one of a time that can't be right.
  @inline(__always)
  mutating func note(_ instant: Instant) -> Bool {
    // Nearly all follow the latest soon. What is as far before it as numbers go seems to follow it, but not soon.
    let gap = UInt64(bitPattern: instant.nanoseconds &- last.nanoseconds)
    guard gap <= Self.longestBreak, instant < Instant.credible.upperBound else { return noteClosely(instant) }
    last = instant
    return true
  }

  /// Whether an exchange that is seen first at this moment may have begun before the stretch did.
  func mayHaveMissedTheBeginning(at instant: Instant) -> Bool { instant < end }

  @inline(never)
  private mutating func noteClosely(_ instant: Instant) -> Bool {
    guard Instant.credible.contains(instant) else { return false }
    guard let span else {
      (first, last) = (instant, instant)
      end = instant.advanced(bySeconds: Exchange.patience)
      return true
    }
    // Both are credible, so their distance is a number.
    if instant.nanoseconds - span.upperBound.nanoseconds > Int64(Self.longestBreak) {
      end = instant.advanced(bySeconds: Exchange.patience)
    }
    first = min(first, instant)
    last = max(last, instant)
    return true
  }

  /// Nanoseconds: every answered exchange would have been forgotten in so long a silence.
  private static var longestBreak: UInt64 { UInt64(Exchange.patience) * 1_000_000_000 }
}
