import Traffic

/// The block that nearly every record of the form is: an enhanced packet block without options, of an interface whose
/// clock counts in whole nanoseconds, with the least significant byte of each number first.
extension NextGenerationCapture: RecordForm {
  @inline(__always)
  mutating func whole(_ bytes: RawSpan, at place: Int) -> CaptureRecord? {
    let left = bytes.byteCount &- place
    guard !isBig, left >= Self.headLength &+ 4 else { return nil }
    let (kind, length, number, upper) = bytes.four(place)
    let (lower, captured, wireLength, _) = bytes.four(place &+ 16)
    let end = Self.headLength &+ (Int(captured) &+ 3) & ~3
    guard kind == Self.kind, Int(length) == end &+ 4, length <= Self.longest, left >= Int(length),
      bytes.four(place &+ end &- 12).3 == length, captured <= wireLength,
      Int(number) < interfaces.count,
      let instant = interfaces[Int(number)].unit.commonInstant(UInt64(upper) << 32 | UInt64(lower))
    else { return nil }
    let index = Int(earlier) &+ Int(number)
    tallies[index].packets &+= 1
    latest = instant
    return CaptureRecord(
      instant: instant, link: interfaces[Int(number)].link, interface: UInt32(truncatingIfNeeded: index &+ 1),
      wireLength: Int(wireLength), frame: Self.headLength..<Self.headLength &+ Int(captured),
      length: Int(length))
  }

  private static var kind: UInt32 { 6 }
  private static var headLength: Int { 28 }
  private static var longest: UInt32 { UInt32(ByteWindow.longestRecord) }
}
