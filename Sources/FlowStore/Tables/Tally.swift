internal import Traffic

/// How many conversations a row stands for, and when they began, in nanoseconds: from the beginning of the hour to the
/// first moment, from there to the last, the minutes between those two, and for how long any of them was seen.
struct Tally: Equatable {
  /// None in a row that counts nothing.
  let conversations: Int64
  let first: Int64
  let span: Int64
  /// The minutes after that of the first moment and before that of the last.
  let minutes: UInt64
  /// How many minutes after that of the last moment any of them was seen: often in a later hour.
  let lasting: Int64

  /// With moments of one hour.
  private init(_ conversations: Int64, first: Int64, span: Int64, among minutes: UInt64, lasting: Int64) {
    self.conversations = conversations
    self.first = first
    self.span = span
    self.minutes = minutes & Self.between(first, first + span)
    self.lasting = lasting
  }
}

extension Tally {
  /// What began then, and was seen until that minute since the epoch.
  init(_ activity: Activity, conversations: UInt64 = 0, lastMinute: Int64 = .min) {
    // The first hour of all begins before the range does. Differences that wrap are right all the same: they are small.
    self.init(
      Int64(clamping: conversations), first: activity.first.nanoseconds &- activity.hour &* Self.hour,
      span: activity.last.nanoseconds &- activity.first.nanoseconds, among: activity.minutes,
      lasting: Self.lasting(from: activity.last.minutes, to: lastMinute))
  }

  private static func lasting(from minute: Int64, to lastMinute: Int64) -> Int64 {
    min(max(lastMinute, minute), minute + longest) - minute
  }

  /// What somebody says a row holds, the minutes of the first and the last moment among the others or not; nil when it
  /// contradicts itself.
  init?(conversations: Int64, first: Int64, span: Int64, minutes: UInt64, lasting: Int64 = 0) {
    let within = 0..<Self.hour
    guard conversations >= 0, within.contains(first), within.contains(span), within.contains(first + span),
      minutes >> 60 == 0, (0...Self.longest).contains(lasting)
    else { return nil }
    self.init(conversations, first: first, span: span, among: minutes, lasting: lasting)
  }

  /// The activity in this hour; nil for an hour that no moment has.
  func activity(hour: Int64) -> Activity? {
    if Self.wholeHours.contains(hour) {
      return Activity(hour: hour, first: first, span: span, minutes: minutes)
    }
    // A foreign hour may wrap; what comes out is then of another hour.
    let start = hour &* Self.hour &+ first
    let activity = Activity(
      first: Instant(nanoseconds: start), last: Instant(nanoseconds: start &+ span), minutes: allMinutes)
    return activity?.hour == hour ? activity : nil
  }

  /// Whether this hour has all its moments.
  func isWithin(hour: Int64) -> Bool { Self.wholeHours.contains(hour) || activity(hour: hour) != nil }

  /// When there is more: the sum of both, up to the largest number there is.
  func added(to other: Tally) -> Tally {
    let sum = conversations.addingReportingOverflow(other.conversations)
    return spanning(other, conversations: sum.overflow ? .max : sum.partialValue)
  }

  /// When each may be a copy of the other: the larger count.
  func united(with other: Tally) -> Tally {
    spanning(other, conversations: max(conversations, other.conversations))
  }

  private func spanning(_ other: Tally, conversations: Int64) -> Tally {
    let start = min(first, other.first)
    let end = max(first + span, other.first + other.span)
    return Tally(
      conversations, first: start, span: end - start, among: allMinutes | other.allMinutes,
      lasting: max(lastMinute, other.lastMinute) - end / Self.minute)
  }

  /// The last minute in which any of them was seen, counted from the beginning of the hour.
  private var lastMinute: Int64 { (first + span) / Self.minute + lasting }

  /// The last minute in which any of them was seen, since the epoch; nil for an hour that no moment has.
  func lastMinute(hour: Int64) -> Int64? {
    guard isWithin(hour: hour) else { return nil }
    return hour * 60 + lastMinute
  }

  private var allMinutes: UInt64 {
    minutes | 1 << UInt64(first / Self.minute) | 1 << UInt64((first + span) / Self.minute)
  }

  /// The minutes after the first of two moments and before the last.
  static func between(_ first: Int64, _ last: Int64) -> UInt64 {
    let (start, end) = (UInt64(first / minute), UInt64(last / minute))
    return (1 << end &- 1) & ~(2 << start &- 1)
  }

  /// The hours of which every moment is one.
  private static var wholeHours: ClosedRange<Int64> { Int64.min / hour...Int64.max / hour - 1 }

  /// Minutes: thirty years, more than anything was recorded at one time.
  static var longest: Int64 { 0xFF_FFFF }

  /// Nanoseconds.
  static var hour: Int64 { 60 * minute }
  static var minute: Int64 { 60_000_000_000 }
}
