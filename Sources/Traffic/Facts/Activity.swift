/// When something happened within one hour: first, last, and in which of its sixty minutes.
public struct Activity: Hashable, Sendable, BitwiseCopyable {
  /// The first moment seen.
  public private(set) var first: Instant
  /// The last moment seen.
  public private(set) var last: Instant
  /// Bit *n* says that something was seen in minute *n* of the hour.
  public private(set) var minutes: UInt64

  /// One moment.
  public init(at instant: Instant) {
    first = instant
    last = instant
    minutes = 1 << UInt64(instant.minute)
  }

  /// What a store kept; nil when the moments are not of one hour, are reversed or lie outside the minutes.
  public init?(first: Instant, last: Instant, minutes: UInt64) {
    guard first <= last, first.hour == last.hour, minutes >> 60 == 0,
      minutes >> UInt64(first.minute) & 1 == 1, minutes >> UInt64(last.minute) & 1 == 1
    else { return nil }
    self.first = first
    self.last = last
    self.minutes = minutes
  }

  /// What a store kept of an hour: the first moment as nanoseconds from its beginning, how long it was to the last one,
  /// and the minutes besides theirs; nil when the moments are not of that hour or lie outside of what an instant can be.
  public init?(hour: Int64, first: Int64, span: Int64, minutes: UInt64) {
    let within = 0..<Self.hourLength
    guard within.contains(first), within.contains(span), within.contains(first + span), minutes >> 60 == 0,
      case let begin = hour.multipliedReportingOverflow(by: Self.hourLength), !begin.overflow,
      case let moment = begin.partialValue.addingReportingOverflow(first), !moment.overflow,
      case let last = moment.partialValue.addingReportingOverflow(span), !last.overflow
    else { return nil }
    self.first = Instant(nanoseconds: moment.partialValue)
    self.last = Instant(nanoseconds: last.partialValue)
    // Unsigned, which divides faster.
    let ends = (UInt64(first) / Self.minuteLength, UInt64(first + span) / Self.minuteLength)
    self.minutes = minutes | 1 << ends.0 | 1 << ends.1
  }

  private static var minuteLength: UInt64 { 60_000_000_000 }
  private static var hourLength: Int64 { 3_600_000_000_000 }

  /// The hour it happened in.
  public var hour: Int64 { first.hour }

  /// The moments of its hour, but for the last one that an instant can be.
  var wholeHour: Range<Instant> {
    Instant(seconds: hour * 3600)..<Instant(seconds: (hour + 1) * 3600)
  }

  /// Adds a moment of the same hour.
  public mutating func note(_ instant: Instant) {
    merge(Activity(at: instant))
  }

  /// Adds what another saw of the same hour.
  public mutating func merge(_ other: Activity) {
    precondition(hour == other.hour, "activities of different hours are different rows")
    first = min(first, other.first)
    last = max(last, other.last)
    minutes |= other.minutes
  }
}
