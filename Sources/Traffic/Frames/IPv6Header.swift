extension IPHeader {
  /// RFC 8200 §3 and §4: the fixed header and what stands between it and the transport.
  static func version6(_ frame: RawSpan, at offset: Int, wireLength: Int) throws(Passed) -> IPHeader {
    guard frame.byteCount >= offset + 40 else { throw .cut }
    let length = Int(frame.number16(offset + 4))
    // A length of 0 is a jumbogram (RFC 2675) or a packet that the card has yet to cut into segments.
    let end = length == 0 ? max(wireLength, frame.byteCount) : offset + 40 + length
    var header = IPHeader(
      source: Address(bits: frame.number128(offset + 8)),
      destination: Address(bits: frame.number128(offset + 24)),
      inside: frame.byte(offset + 6),
      offset: offset + 40,
      end: end,
      hops: frame.byte(offset + 7),
      identification: 0,
      isLaterFragment: false)
    // Such addresses stand for IPv4 inside a host and never travel (RFC 4038 §4.2): here they would pass for IPv4.
    guard !header.source.isV4, !header.destination.isV4 else { throw .malformed }
    try header.stepOverExtensions(frame)
    return header
  }

  private mutating func stepOverExtensions(_ frame: RawSpan) throws(Passed) {
    for _ in 0..<Self.mostExtensions {
      guard let extensionKind = Extension(rawValue: inside) else { return }
      guard !isLaterFragment else { return }
      guard end >= offset + 8 else { throw .malformed }
      guard frame.byteCount >= offset + 8 else { throw .cut }
      let units = Int(frame.byte(offset + 1))
      inside = frame.byte(offset)
      switch extensionKind {
      case .fragment:
        isLaterFragment = frame.number16(offset + 2) & 0xFFF8 != 0
        offset += 8
      case .authentication:
        offset += (units + 2) * 4
      case .hopByHop, .routing, .destination, .mobility, .hostIdentity, .shim6:
        offset += (units + 1) * 8
      }
      guard offset <= end else { throw .malformed }
    }
    guard Extension(rawValue: inside) == nil else { throw .malformed }
  }

  /// Headers with a length of their own: RFC 7045 §4, but for ESP, behind which nothing can be read.
  private enum Extension: UInt8 {
    case hopByHop = 0
    case routing = 43
    case fragment = 44
    case authentication = 51
    case destination = 60
    case mobility = 135
    case hostIdentity = 139
    case shim6 = 140
  }

  /// RFC 8200 §4.1 has each header once and one of them twice; chains beyond that are an attack.
  private static let mostExtensions = 9
}
