/// A tally as a row keeps it: in half the room that a column for each of its numbers would take.
///
/// Part of the file format, and so never changes. Numbers stand in groups of seven bits, the lowest first, each but the
/// last with the eighth bit set:
///
/// - conversations;
/// - the first moment, and an hour more where it is told for how long anything was seen, times four, and 1 where moments
///   are nanoseconds and not microseconds, as most captures have them, and 2 where minutes are those *without* anything;
/// - the span, in the same unit;
/// - since version 6, how many minutes after the last moment anything was seen, where it is any;
/// - then the minutes, to the end, as a number of whole bytes, the lowest first: its lowest bit is the minute after that
///   of the first moment. All minutes or none take no byte.
struct TallyBytes {
  private var bytes = InlineArray<40, UInt8>(repeating: 0)
  /// At most nine, seven, six, four and eight.
  private var count = 0

  init(_ tally: Tally) {
    let unit: Int64 = tally.first % 1_000 == 0 && tally.span % 1_000 == 0 ? 1_000 : 1
    let start = UInt64(tally.first / Tally.minute) + 1
    let quiet = Tally.between(tally.first, tally.first + tally.span) & ~tally.minutes
    // All minutes are shifted out where the first moment is in the last of them.
    let isBusy = quiet.leadingZeroBitCount > tally.minutes.leadingZeroBitCount
    append(number: UInt64(tally.conversations))
    // An hour more takes no byte more, for most moments.
    let moment = tally.lasting > 0 ? tally.first + Tally.hour : tally.first
    append(number: UInt64(moment / unit) << 2 | (unit == 1 ? 1 : 0) | (isBusy ? 2 : 0))
    append(number: UInt64(tally.span / unit))
    if tally.lasting > 0 { append(number: UInt64(tally.lasting)) }
    var rest = (isBusy ? quiet : tally.minutes) >> start
    while rest > 0 {
      append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  /// Looks at the bytes.
  func look<Answer, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    try body(bytes.span.extracting(first: count))
  }

  private mutating func append(number: UInt64) {
    var rest = number
    while rest > 0x7F {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }

  private mutating func append(_ byte: UInt8) {
    bytes[count] = byte
    count += 1
  }
}

extension Tally {
  /// What bytes of a row say; nil when no tally is kept so.
  init?(_ bytes: Span<UInt8>) {
    var place = 0
    guard let conversations = Self.number(in: bytes, at: &place),
      let head = Self.number(in: bytes, at: &place),
      let long = Self.number(in: bytes, at: &place)
    else { return nil }
    let unit: UInt64 = head & 1 == 1 ? 1 : 1_000
    let most = UInt64(Self.hour)
    // Small enough to be multiplied.
    guard head >> 2 < 2 * most, long < most else { return nil }
    let (moment, span) = (Int64(head >> 2 * unit), Int64(long * unit))
    let isLasting = moment >= Self.hour
    let first = isLasting ? moment - Self.hour : moment
    guard first < Self.hour, span < Self.hour, first + span < Self.hour else { return nil }
    var lasting: UInt64 = 0
    if isLasting {
      guard let told = Self.number(in: bytes, at: &place), 0 < told, told <= UInt64(Self.longest) else {
        return nil
      }
      lasting = told
    }
    guard bytes.count - place <= 8 else { return nil }
    var rest: UInt64 = 0
    for offset in (place..<bytes.count).reversed() { rest = rest << 8 | UInt64(bytes[offset]) }
    let start = UInt64(first / Self.minute) + 1
    let between = Self.between(first, first + span)
    guard rest & ~(between >> start) == 0 else { return nil }
    let minutes = rest << start
    self.init(
      conversations: Int64(conversations), first: first, span: span,
      minutes: head & 2 == 2 ? between & ~minutes : minutes, lasting: Int64(lasting))
  }

  /// A number of at most 63 bits.
  private static func number(in bytes: Span<UInt8>, at place: inout Int) -> UInt64? {
    var number: UInt64 = 0
    for shift in stride(from: 0, to: 63, by: 7) {
      guard place < bytes.count else { return nil }
      let byte = bytes[place]
      place += 1
      number |= UInt64(byte & 0x7F) << UInt64(shift)
      if byte < 0x80 { return number }
    }
    return nil
  }
}
