import Traffic

/// The classic form (draft-ietf-opsawg-pcap): one header, then records.
struct ClassicCapture {
  private let isBig: Bool
  private let isNano: Bool
  private let link: LinkType

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
    window.advance(Self.headerLength)
  }

  func next(_ window: inout ByteWindow) throws(CaptureError) -> Next {
    guard try window.holds(Self.recordHeaderLength) else { return window.count == 0 ? .end : .cut }
    let captured = window.number32(8, isBig: isBig)
    guard captured <= Self.longestFrame else { return .damage(.length(captured)) }
    let length = Self.recordHeaderLength + Int(captured)
    guard try window.holds(length) else { return .cut }
    let fraction = Int64(window.number32(4, isBig: isBig)) * (isNano ? 1 : 1000)
    let second = Int64(window.number32(0, isBig: isBig))
    return .record(
      CaptureRecord(
        instant: Instant(nanoseconds: second * 1_000_000_000 + fraction),
        link: link, interface: 0, wireLength: Int(window.number32(12, isBig: isBig)),
        frame: Self.recordHeaderLength..<length, length: length))
  }

  private static let headerLength = 24
  private static let recordHeaderLength = 16
  /// MAXIMUM_SNAPLEN of libpcap.
  private static let longestFrame: UInt32 = 262_144
}
