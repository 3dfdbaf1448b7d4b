import Traffic

/// The times of a file's frames: from when to when they go, and where its clock was wrong.
struct FileTimes {
  /// The earliest credible one; the distant future while there is none.
  private var first = Instant.distantFuture
  /// The latest credible one; the distant future while there is none.
  private var last = Instant.distantFuture
  /// That of the frame before.
  private var before = Instant.distantPast
  /// What is wrong with them.
  private(set) var faults = ClockFaults()

  /// From the first frame to the last, of those with a credible time; nil when there is none.
  var span: ClosedRange<Instant>? { first < .distantFuture ? first...last : nil }

  /// Takes note of the next frame's time.
  @inline(__always)
  mutating func note(_ instant: Instant) {
    // Nearly all follow a credible one in the order of time.
    guard instant >= last, instant < Instant.credible.upperBound else { return noteClosely(instant) }
    last = instant
    before = instant
  }

  @inline(never)
  private mutating func noteClosely(_ instant: Instant) {
    guard Instant.credible.contains(instant) else {
      faults.impossible += 1
      return
    }
    last = first < .distantFuture ? max(last, instant) : instant
    first = min(first, instant)
    if instant < before { noteStep(to: instant) }
    before = instant
  }

  private mutating func noteStep(to instant: Instant) {
    let seconds = before.seconds - instant.seconds
    // Both are credible, so neither bound is near. Cards with several queues are some milliseconds out of order.
    guard instant.advanced(bySeconds: Self.disorder) < before else { return }
    faults.stepsBack += 1
    faults.farthest = max(faults.farthest, seconds)
  }

  /// Seconds that frames may be out of order though no clock was set.
  private static let disorder: Int64 = 1

  /// Whether a frame of this time may be one that stands alone: it is days beyond the frame before it.
  func isFar(_ instant: Instant) -> Bool { before.advanced(bySeconds: Self.day) < instant }

  /// When a frame is due in a run of several files, which would wait for it.
  ///
  /// That is when it was recorded, but at once where that can't be or where the frame behind it was recorded days before:
  /// then its time is wrong.
  static func due(_ instant: Instant, before next: Instant?) -> Instant {
    let isWrong = next.map { $0.advanced(bySeconds: day) < instant } ?? false
    return isWrong || instant >= Instant.credible.upperBound ? .distantPast : instant
  }

  private static let day: Int64 = 86_400
}

/// What is wrong with the times of a capture file.
public struct ClockFaults: Hashable, Sendable {
  /// Frames of times in which nobody recorded; they teach nothing.
  public internal(set) var impossible: UInt64 = 0
  /// How often a frame is more than a second before the one that it follows.
  public internal(set) var stepsBack: UInt64 = 0
  /// The longest of these steps in whole seconds.
  public internal(set) var farthest: Int64 = 0
}
