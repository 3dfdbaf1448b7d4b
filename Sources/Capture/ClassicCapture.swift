import Traffic

/// The classic form (draft-ietf-opsawg-pcap): one header, then records.
struct ClassicCapture: RecordForm {
  private let isBig: Bool
  private let isNano: Bool
  private let link: LinkType
  /// How much of a packet the recorder kept; nil where the header doesn't say.
  private let snapLength: UInt32?
  /// The version of the form that the header names.
  let version: Version
  /// The second of the last record that was given.
  private var latest: Int64?

  /// What stands before a packet's bytes.
  struct Head {
    let second: UInt32
    let fraction: UInt32
    let captured: UInt32
    let wireLength: UInt32
  }

  /// A version of the form.
  struct Version: Equatable, CustomStringConvertible {
    let major: UInt16
    let minor: UInt16
    var description: String { "\(major).\(minor)" }
  }

  /// What everybody has written since 1998; the lengths of older records stand the other way round.
  static let readVersion = Version(major: 2, minor: 4)

  /// The header that begins with these four bytes, in the order that makes a number of them; nil for other magic.
  static func order(magic: UInt32) -> (isBig: Bool, isNano: Bool)? {
    switch magic {
    case 0xA1B2_C3D4: (true, false)
    case 0xD4C3_B2A1: (false, false)
    case 0xA1B2_3C4D: (true, true)
    case 0x4D3C_B2A1: (false, true)
    default: nil
    }
  }

  /// Reads the header at the window's beginning; nil when the file ends within it.
  init?(_ window: inout ByteWindow, isBig: Bool, isNano: Bool) throws(CaptureError) {
    guard try window.holds(Self.headerLength) else { return nil }
    self.isBig = isBig
    self.isNano = isNano
    version = Version(major: window.number16(4, isBig: isBig), minor: window.number16(6, isBig: isBig))
    // The upper bits tell of a frame check sequence.
    link = LinkType(number: window.number32(20, isBig: isBig) & 0x03FF_FFFF)
    let snapLength = window.number32(16, isBig: isBig)
    self.snapLength = snapLength == 0 ? nil : snapLength
    window.advance(Self.headerLength)
  }

  @inline(__always)
  mutating func whole(_ bytes: RawSpan, at place: Int) -> CaptureRecord? {
    let left = bytes.byteCount &- place
    guard !isBig, left >= Self.recordHeaderLength else { return nil }
    let (second, fraction, captured, wireLength) = bytes.four(place)
    let head = Head(second: second, fraction: fraction, captured: captured, wireLength: wireLength)
    guard damage(head) == nil, left >= Self.recordHeaderLength + Int(captured) else { return nil }
    return record(head)
  }

  /// The next record, or why there is none; the file is read on where not all of it is at hand.
  mutating func next(_ window: inout ByteWindow) throws(CaptureError) -> Next {
    guard try window.holds(Self.recordHeaderLength) else { return beginning(window) }
    let head = head(window, 0)
    if let damage = damage(head) { return .damage(damage) }
    guard try window.holds(Self.recordHeaderLength + Int(head.captured)) else { return beginning(window) }
    return .record(record(head))
  }

  @inline(__always)
  private mutating func record(_ head: Head) -> CaptureRecord {
    latest = Int64(head.second)
    let length = Self.recordHeaderLength + Int(head.captured)
    return CaptureRecord(
      // No sum of two such numbers is too large.
      instant: Instant(
        nanoseconds: Int64(head.second) &* 1_000_000_000 &+ Int64(head.fraction) &* (isNano ? 1 : 1000)),
      link: link, interface: 0, wireLength: Int(head.wireLength),
      frame: Self.recordHeaderLength..<length, length: length)
  }

  /// How many units of its fraction a second has.
  private var fractionEnd: UInt32 { isNano ? 1_000_000_000 : 1_000_000 }

  /// The head of a record that begins at a place of the window; what the file does not have counts as zero.
  @inline(__always)
  func head(_ window: borrowing ByteWindow, _ place: Int) -> Head {
    Head(
      second: window.number32(place, isBig: isBig), fraction: window.number32(place + 4, isBig: isBig),
      captured: window.number32(place + 8, isBig: isBig),
      wireLength: window.number32(place + 12, isBig: isBig))
  }

  /// What is wrong with the head of a record.
  @inline(__always)
  func damage(_ head: Head) -> CaptureError.Damage? {
    if head.fraction >= fractionEnd { return .fraction(head.fraction) }
    if head.captured > Self.longestFrame { return .length(head.captured) }
    if head.captured > head.wireLength { return .surplus(captured: head.captured, wire: head.wireLength) }
    // Zeros are what a crash leaves at a file's end: they would be packets of 1970 that nobody sent.
    return head.wireLength == 0 && head.second == 0 && head.fraction == 0 ? .nothing : nil
  }

  /// The most that a recorder kept of a packet.
  var longestKept: UInt32 { min(snapLength ?? .max, Self.longestFrame) }

  /// What the rest of the file is, in which no whole record stands: nothing, a record's beginning, or damage.
  ///
  /// A damaged length in the middle of a file reaches beyond its end as the cut last record does. The recorder kept no
  /// more of any packet than its snap length, so a record that claims more is no cut one; nor is one behind which
  /// others follow.
  private func beginning(_ window: borrowing ByteWindow) -> Next {
    guard window.count > 0 else { return .end }
    let head = head(window, 0)
    guard window.count >= Self.recordHeaderLength else { return headless(head, window.count) }
    if let damage = damage(head) { return .damage(damage) }
    let near = [latest ?? Int64(head.second), Int64(head.second)]
    if head.captured > longestKept || LaterRecords(self, near: near).exist(in: window) {
      return .damage(.length(head.captured))
    }
    return .cut
  }

  /// What is to be said of a record whose head is cut: that, or what is wrong with the numbers that are there.
  private func headless(_ head: Head, _ count: Int) -> Next {
    if count >= 8, head.fraction >= fractionEnd {
      return .damage(.fraction(head.fraction))
    }
    if count >= 12, head.captured > longestKept { return .damage(.length(head.captured)) }
    return .cut
  }

  static let recordHeaderLength = 16
  private static let headerLength = 24
  /// MAXIMUM_SNAPLEN of libpcap.
  private static let longestFrame: UInt32 = 262_144
}
