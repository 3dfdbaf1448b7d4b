/// The one line that shows how far a long task has come.
///
/// It is drawn over itself and erased at the end, and only where people look.
struct Progress {
  private var drawn: ContinuousClock.Instant?
  private static let pause = Duration.milliseconds(100)

  /// What to write for this line; nil where the last one is too fresh to be replaced.
  mutating func drawing(_ line: String, columns: Int, at now: ContinuousClock.Instant) -> String? {
    if let drawn, drawn.duration(to: now) < Self.pause { return nil }
    drawn = now
    return "\r" + VisibleText.clipped(VisibleText.escaped(line), to: columns - 1) + Self.eraseRest
  }

  /// What to write to take the line away; nil where there is none.
  mutating func erasing() -> String? {
    guard drawn != nil else { return nil }
    drawn = nil
    return "\r" + Self.eraseRest
  }

  /// Erase in line, from the cursor to the end: ECMA-48 §8.3.41.
  private static let eraseRest = "\u{1B}[K"
}
