/// Packets that carry packets between hosts: VXLAN, Geneve, GRE, and IP inside IP.
///
/// What is inside is the conversation; the packet around it is only how it travels.
enum Overlay {
  /// Where the IP packet inside begins; nil when the packet carries none.
  ///
  /// Passes overlays that carry something else.
  static func inside(_ frame: RawSpan, _ header: IPHeader, ports: OverlayPorts) throws(Passed) -> Int? {
    switch header.inside {
    case Transport.udp.rawValue: try datagram(frame, header, ports: ports)
    case version4: try packet(frame, header, version: 4)
    case version6: try packet(frame, header, version: 6)
    case generic: try generic(frame, header)
    default: nil
    }
  }

  /// Whether a packet with this header may carry another: a quick look, and most packets need no second.
  @inline(__always)
  static func mayFollow(_ header: IPHeader, _ frame: RawSpan, ports: OverlayPorts) -> Bool {
    switch header.inside {
    case Transport.tcp.rawValue: false
    case Transport.udp.rawValue:
      frame.byteCount >= header.offset + 4 && ports.contains(frame.number16(header.offset + 2))
    case version4, version6, generic: true
    default: false
    }
  }

  /// Goes on to the header behind all overlays; whether there was one.
  ///
  /// What is wrong behind the first header is told as an overlay's fault: a snap length that is enough for plain packets
  /// may cut these.
  @inline(never)
  static func unwrap(
    _ header: inout IPHeader, _ frame: RawSpan, ports: OverlayPorts
  ) throws(Passed) -> Bool {
    for layer in 0...most {
      // Only the first piece holds the beginning of what is carried.
      if header.isLaterFragment { return layer > 0 }
      do throws(Passed) {
        guard let offset = try inside(frame, header, ports: ports) else { return layer > 0 }
        let end = header.end
        try header.read(frame, at: offset, wireLength: end)
        // The carrier may be a first fragment, and what stands behind it is not of the packet.
        header.end = min(header.end, end)
        guard header.offset <= header.end else { throw .malformed }
        guard !header.isLocal else { throw .loopback }
      } catch {
        throw error.insideOverlay
      }
    }
    throw .overlayDepth
  }

  /// Protocol 4 or 41: another IP header at once (RFC 2003, RFC 2473, RFC 4213).
  private static func packet(_ frame: RawSpan, _ header: IPHeader, version: UInt8) throws(Passed) -> Int {
    guard header.end > header.offset else { throw .malformed }
    guard frame.byteCount > header.offset else { throw .cut }
    guard frame.byte(header.offset) >> 4 == version else { throw .malformed }
    return header.offset
  }

  /// RFC 2784 and RFC 2890; other versions and what else it can carry are counted by its name.
  private static func generic(_ frame: RawSpan, _ header: IPHeader) throws(Passed) -> Int {
    let offset = header.offset
    guard header.end >= offset + 4 else { throw .malformed }
    guard frame.byteCount >= offset + 4 else { throw .cut }
    let flags = frame.number16(offset)
    // Checksum, key and sequence number take four bytes each; the other bits are of older and other forms.
    guard flags & 0x4FFF == 0 else { throw .gre }
    let content = offset + 4 + (flags & 0xB000).nonzeroBitCount * 4
    switch frame.number16(offset + 2) {
    case 0x0800: return try packet(frame, header.moved(to: content), version: 4)
    case 0x86DD: return try packet(frame, header.moved(to: content), version: 6)
    case bridged: return try ethernet(frame, header.moved(to: content))
    default: throw .gre
    }
  }

  /// A datagram at a port of overlays; one whose header is no overlay's is an ordinary datagram.
  private static func datagram(
    _ frame: RawSpan, _ header: IPHeader, ports: OverlayPorts
  ) throws(Passed) -> Int? {
    let offset = header.offset + 8
    guard frame.byteCount >= offset, header.end >= offset + 8, ports.contains(frame.number16(offset - 6))
    else { return nil }
    guard frame.byteCount >= offset + 8 else { throw .cut }
    let first = frame.number32(offset)
    // The last byte is reserved in both.
    guard frame.byte(offset + 7) == 0 else { return nil }
    // What has no room for a frame or packet carries none, however its header looks.
    let length = Int(frame.number16(offset - 4))
    let end = length == 0 ? header.end : min(header.end, header.offset + length)
    if isVXLAN(first) {
      guard end >= offset + 8 + shortestFrame else { return nil }
      return try ethernet(frame, header.moved(to: offset + 8))
    }
    guard first >> 30 == 0, first & 0x003F_0000 == 0 else { return nil }
    return try geneve(frame, header.moved(to: offset), first, end: end)
  }

  /// RFC 7348 §5: the flag that says so and nothing else; or with it the group of the VXLAN-GBP draft.
  private static func isVXLAN(_ first: UInt32) -> Bool {
    first == 0x0800_0000 || first & 0xFFB7_0000 == 0x8800_0000
  }

  /// RFC 8926 §3.4: version, length of the options in words, two flags, and the EtherType of what it carries.
  private static func geneve(
    _ frame: RawSpan, _ header: IPHeader, _ first: UInt32, end: Int
  ) throws(Passed) -> Int? {
    let content = header.offset + 8 + Int(first >> 24 & 0x3F) * 4
    guard end >= content else { return nil }
    let kind = UInt16(truncatingIfNeeded: first)
    guard kind == 0x0800 || kind == 0x86DD || kind == bridged else { return nil }
    guard first & 0x0080_0000 == 0 else { throw .overlayControl }
    guard end >= content + (kind == 0x0800 ? 20 : kind == 0x86DD ? 40 : shortestFrame) else { return nil }
    switch kind {
    case 0x0800: return try packet(frame, header.moved(to: content), version: 4)
    case 0x86DD: return try packet(frame, header.moved(to: content), version: 6)
    default: return try ethernet(frame, header.moved(to: content))
    }
  }

  private static func ethernet(_ frame: RawSpan, _ header: IPHeader) throws(Passed) -> Int {
    guard header.end >= header.offset + shortestFrame else { throw .malformed }
    return try LinkHeader.ethernet(frame, at: header.offset).offset
  }

  /// An Ethernet header.
  private static let shortestFrame = 14
  private static let version4: UInt8 = 4
  private static let version6: UInt8 = 41
  private static let generic: UInt8 = 47
  /// The EtherType of Ethernet inside something else.
  private static let bridged: UInt16 = 0x6558
  /// More than any network plugin stacks; each costs a walk.
  private static let most = 4
}

extension IPHeader {
  /// The same packet, read from further on.
  fileprivate func moved(to offset: Int) -> IPHeader {
    var header = self
    header.offset = offset
    return header
  }
}

extension Passed {
  /// The same reason, for what an overlay carries.
  var insideOverlay: Passed {
    switch self {
    case .cut: .overlayCut
    case .malformed: .overlayMalformed
    default: self
    }
  }
}
