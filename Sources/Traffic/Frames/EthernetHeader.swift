extension LinkHeader {
  /// Two addresses of six bytes and an EtherType (IEEE 802.3 §3.2.6).
  @inline(__always)
  static func ethernet(_ frame: RawSpan, at start: Int = 0) throws(Passed) -> LinkHeader {
    guard frame.byteCount >= start + 14 else { throw .cut }
    let offset = try network(frame, etherType: frame.number16(start + 12), at: start + 14)
    let isBroadcast = frame.number32(start) == .max && frame.number16(start + 4) == .max
    guard !isBroadcast else { throw .multicast }
    return LinkHeader(offset: offset)
  }
}
