/// A moment, in nanoseconds since 1970-01-01T00:00:00Z.
public struct Instant: Hashable, Sendable, BitwiseCopyable {
  /// Nanoseconds since the epoch; the range ends in the year 2262.
  public let nanoseconds: Int64

  /// The moment this many nanoseconds after the epoch.
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// The moment this many whole seconds after the epoch; moments beyond the range become its ends.
  public init(seconds: Int64) {
    let product = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    nanoseconds = product.overflow ? (seconds < 0 ? .min : .max) : product.partialValue
  }

  /// The earliest moment there is.
  public static let distantPast = Instant(nanoseconds: .min)
  /// The latest moment there is.
  public static let distantFuture = Instant(nanoseconds: .max)

  /// When a packet can have been recorded: from 2000 on, and before 2100.
  ///
  /// A clock that nobody set begins in 1970, and a damaged time lies anywhere. A fact of the year 2200 would never be
  /// forgotten for its age, and all others at once, for ages are counted back from the last fact.
  public static var credible: Range<Instant> {
    Instant(seconds: 946_684_800)..<Instant(seconds: 4_102_444_800)
  }

  /// Whole seconds since the epoch, rounded towards the past.
  public var seconds: Int64 {
    let (whole, part) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    return part < 0 ? whole - 1 : whole
  }

  /// Whole hours since the epoch, rounded towards the past.
  public var hour: Int64 { seconds >= 0 ? seconds / 3600 : (seconds - 3599) / 3600 }

  /// Whole minutes since the epoch, rounded towards the past.
  public var minutes: Int64 { seconds >= 0 ? seconds / 60 : (seconds - 59) / 60 }

  /// Which of the hour's sixty minutes this is.
  public var minute: Int { Int((seconds - hour * 3600) / 60) }

  /// The moment this much later; beyond the range it becomes the range's end.
  public func advanced(bySeconds seconds: Int64) -> Instant {
    let delta = Instant(seconds: seconds).nanoseconds
    let sum = nanoseconds.addingReportingOverflow(delta)
    return Instant(nanoseconds: sum.overflow ? (delta < 0 ? .min : .max) : sum.partialValue)
  }

  /// The time from `earlier` to this moment, to the nanosecond.
  public func time(since earlier: Instant) -> Duration {
    .nanoseconds(nanoseconds) - .nanoseconds(earlier.nanoseconds)
  }

  /// Seconds from `earlier` to this moment, with their fraction.
  public func seconds(since earlier: Instant) -> Double {
    (Double(nanoseconds) - Double(earlier.nanoseconds)) / 1e9
  }
}

extension Instant: Comparable {
  /// In the order of time.
  public static func < (one: Instant, other: Instant) -> Bool { one.nanoseconds < other.nanoseconds }
}
