import Traffic

/// The classic form (draft-ietf-opsawg-pcap): one header, then records.
struct ClassicCapture {
  private let isBig: Bool
  private let isNano: Bool
  private let link: LinkType
  /// How much of a packet the recorder kept; nil where the header doesn't say.
  private let snapLength: UInt32?

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
    // The upper bits tell of a frame check sequence.
    link = LinkType(number: window.number32(20, isBig: isBig) & 0x03FF_FFFF)
    let snapLength = window.number32(16, isBig: isBig)
    self.snapLength = snapLength == 0 ? nil : snapLength
    window.advance(Self.headerLength)
  }

  func next(_ window: inout ByteWindow) throws(CaptureError) -> Next {
    guard try window.holds(Self.recordHeaderLength) else { return beginning(window) }
    let fraction = window.number32(4, isBig: isBig)
    let captured = window.number32(8, isBig: isBig)
    let wireLength = window.number32(12, isBig: isBig)
    if fraction >= fractionEnd || captured > Self.longestFrame || captured > wireLength,
      let damage = damage(window)
    {
      return .damage(damage)
    }
    let length = Self.recordHeaderLength + Int(captured)
    guard try window.holds(length) else { return beginning(window) }
    let second = Int64(window.number32(0, isBig: isBig))
    return .record(
      CaptureRecord(
        instant: Instant(nanoseconds: second * 1_000_000_000 + Int64(fraction) * (isNano ? 1 : 1000)),
        link: link, interface: 0, wireLength: Int(wireLength),
        frame: Self.recordHeaderLength..<length, length: length))
  }

  /// What the rest of the file is, in which no whole record stands: nothing, a record's beginning, or damage.
  ///
  /// A damaged length in the middle of a file reaches beyond its end as the cut last record does; the recorder kept
  /// no more of any packet than its snap length, so a record that claims more is no cut one.
  private func beginning(_ window: borrowing ByteWindow) -> Next {
    guard window.count > 0 else { return .end }
    if let damage = damage(window) { return .damage(damage) }
    let captured = window.number32(8, isBig: isBig)
    if window.count >= 12, let snapLength, captured > snapLength { return .damage(.length(captured)) }
    return .cut
  }

  /// What is wrong with the record's header, as far as it is at hand.
  private func damage(_ window: borrowing ByteWindow) -> CaptureError.Damage? {
    let fraction = window.number32(4, isBig: isBig)
    if window.count >= 8, fraction >= fractionEnd { return .fraction(fraction) }
    let captured = window.number32(8, isBig: isBig)
    if window.count >= 12, captured > Self.longestFrame { return .length(captured) }
    let wireLength = window.number32(12, isBig: isBig)
    if window.count >= 16, captured > wireLength { return .surplus(captured: captured, wire: wireLength) }
    return nil
  }

  /// How many units of its fraction a second has.
  private var fractionEnd: UInt32 { isNano ? 1_000_000_000 : 1_000_000 }

  private static let headerLength = 24
  private static let recordHeaderLength = 16
  /// MAXIMUM_SNAPLEN of libpcap.
  private static let longestFrame: UInt32 = 262_144
}
