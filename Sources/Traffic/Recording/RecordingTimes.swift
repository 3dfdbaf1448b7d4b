/// The times of a recording's frames: from when to when they go, and since when without a long break.
struct RecordingTimes {
  /// How far back frames go of the source whose frames come now.
  private(set) var stretch = Stretch()
  /// The earliest; the end of credible time, which no frame has, while there is none.
  private var first = Instant.credible.upperBound
  /// The latest, but for those of the stretch; the beginning of time while there is none.
  private var last = Instant.distantPast

  /// From the earliest to the latest; nil when there is none.
  var span: ClosedRange<Instant>? {
    guard first < Instant.credible.upperBound else { return nil }
    return first...max(last, credibleLatest)
  }

  /// Takes note of a frame; false for one of a time that can't be right.
  @inline(__always)
  mutating func note(_ instant: Instant) -> Bool {
    // Nearly all follow the latest soon, and then they are not the earliest.
    stretch.follow(to: instant) || noteClosely(instant)
  }

  /// Takes the frames that come now for another source's, and goes on with its stretch.
  mutating func turn(to stretch: Stretch) {
    fold()
    self.stretch = stretch
  }

  @inline(never)
  private mutating func noteClosely(_ instant: Instant) -> Bool {
    guard Instant.credible.contains(instant) else { return false }
    first = min(first, instant)
    fold()
    stretch.note(instant)
    return true
  }

  /// Remembers the latest moment of a stretch that is left or may go back.
  private mutating func fold() { last = max(last, credibleLatest) }

  /// The latest moment of the stretch; the beginning of time while it has none.
  private var credibleLatest: Instant {
    stretch.latest < Instant.credible.upperBound ? stretch.latest : .distantPast
  }
}
