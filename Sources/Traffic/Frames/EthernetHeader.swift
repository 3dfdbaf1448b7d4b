extension LinkHeader {
  /// Two addresses of six bytes and an EtherType (IEEE 802.3 §3.2.6).
  static func ethernet(_ frame: RawSpan) throws(Passed) -> LinkHeader {
    guard frame.byteCount >= 14 else { throw .cut }
    let offset = try network(frame, etherType: frame.number16(12), at: 14)
    let isBroadcast = frame.number32(0) == .max && frame.number16(4) == .max
    guard !isBroadcast else { throw .multicast }
    return LinkHeader(offset: offset)
  }
}
