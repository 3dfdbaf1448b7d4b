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

  /// The hour it happened in.
  public var hour: Int64 { first.hour }

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
