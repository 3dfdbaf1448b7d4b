/// What a file that is no capture may be, by its first bytes.
enum Guess {
  /// How many bytes are looked at.
  static let length = 512

  static func look(_ window: borrowing ByteWindow) -> CaptureError.Look {
    let head = (0..<min(window.count, length)).map { window.byte($0) }
    if let known = signatures.first(where: { head.starts(with: $0.bytes) }) { return known.look }
    // Bytes from 0x80 on may be UTF-8.
    let isText = head.allSatisfy { $0 >= 0x20 && $0 != 0x7F || [0x09, 0x0A, 0x0D].contains($0) }
    return isText ? .text : .unknown
  }

  private static let signatures: [(bytes: [UInt8], look: CaptureError.Look)] = [
    ([0x1F, 0x8B], .compressed(by: "gzip")),
    ([0x28, 0xB5, 0x2F, 0xFD], .compressed(by: "zstd")),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], .compressed(by: "xz")),
    ([0x42, 0x5A, 0x68], .compressed(by: "bzip2")),
    ([0x04, 0x22, 0x4D, 0x18], .compressed(by: "lz4")),
    // Forms of pcap whose records differ (libpcap's sf-pcap.c).
    ([0xA1, 0xB2, 0xCD, 0x34], .otherCapture("Kuznetzov's modified pcap")),
    ([0x34, 0xCD, 0xB2, 0xA1], .otherCapture("Kuznetzov's modified pcap")),
    ([0xA1, 0xB2, 0x34, 0xCD], .otherCapture("Mesquita's modified pcap")),
    ([0xCD, 0x34, 0xB2, 0xA1], .otherCapture("Mesquita's modified pcap")),
    ([0xA1, 0x2B, 0x3C, 0x4D], .otherCapture("Navtel's pcap")),
    ([0x4D, 0x3C, 0x2B, 0xA1], .otherCapture("Navtel's pcap")),
    ([0x1C, 0x00, 0x01, 0xAC], .otherCapture("IXIA's capture")),
    ([0xAC, 0x01, 0x00, 0x1C], .otherCapture("IXIA's capture")),
    ([0x1C, 0x00, 0x01, 0xAB], .otherCapture("IXIA's capture")),
    ([0xAB, 0x01, 0x00, 0x1C], .otherCapture("IXIA's capture")),
    (Array("RTSS".utf8), .otherCapture("Network Monitor")),
    (Array("GMBU".utf8), .otherCapture("Network Monitor")),
    (Array("btsnoop\0".utf8), .otherCapture("btsnoop")),
    (Array("snoop\0".utf8), .otherCapture("snoop")),
    (Array("TRSNIFF data".utf8), .otherCapture("Sniffer")),
    (Array("XCP\0".utf8), .otherCapture("NetXRay")),
  ]
}
