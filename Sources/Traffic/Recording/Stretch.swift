/// A stretch of time in which the frames of one source came without a long break.
///
/// A break may be silence or a hole, as between files of one run that were recorded hours apart; nobody can tell which.
/// So after each one begins another stretch, in which an exchange that is seen for the first time may be older. So it is
/// where the clock goes back as far: what was before the step is not what was before the moment.
public struct Stretch: Sendable {
  /// The latest moment of a frame; the end of credible time, which no frame has, while there is none.
  private(set) var latest = Instant.credible.upperBound
  /// From this moment on an exchange under way would have shown itself before.
  private var end = Instant.distantPast

  /// A source of which nothing was seen yet.
  public init() {}

  /// Whether a frame of this moment, which must be credible, goes on with it.
  public func goesOn(at instant: Instant) -> Bool {
    guard Instant.credible.contains(latest) else { return false }
    let gap = instant.nanoseconds.subtractingReportingOverflow(latest.nanoseconds)
    return !gap.overflow && gap.partialValue.magnitude <= Self.longestBreak
  }

  /// Whether an exchange that is seen first at this moment may have begun before the stretch did.
  func mayHaveMissedTheBeginning(at instant: Instant) -> Bool { instant < end }

  /// Whether it began so long ago that every sighting of a packet that is seen first at this moment lies within.
  func holdsAllSightings(at instant: Instant) -> Bool {
    end.advanced(bySeconds: Ties.window - Exchange.patience) < instant
  }

  /// Takes note of a frame, if it follows the latest soon and can't be of a time that is no time; false where somebody
  /// has to look closer.
  @inline(__always)
  mutating func follow(to instant: Instant) -> Bool {
    // What is as far before it as numbers go seems to follow it, but not soon.
    let gap = UInt64(bitPattern: instant.nanoseconds &- latest.nanoseconds)
    guard gap <= Self.longestBreak, instant < Instant.credible.upperBound else { return false }
    latest = instant
    return true
  }

  /// Takes note of a frame that does not follow soon; another stretch may begin with it.
  mutating func note(_ instant: Instant) {
    guard !goesOn(at: instant) else { return latest = max(latest, instant) }
    end = instant.advanced(bySeconds: Exchange.patience)
    latest = instant
  }

  /// Nanoseconds: every answered exchange would have been forgotten in so long a silence.
  private static var longestBreak: UInt64 { UInt64(Exchange.patience) * 1_000_000_000 }
}
