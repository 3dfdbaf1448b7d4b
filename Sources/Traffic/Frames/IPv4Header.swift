extension IPHeader {
  /// RFC 791 §3.1; options are stepped over.
  @inline(__always)
  static func version4(_ frame: RawSpan, at offset: Int, wireLength: Int) throws(Passed) -> IPHeader {
    guard frame.byteCount >= offset + 20 else { throw .cut }
    let headerLength = Int(frame.byte(offset) & 15) * 4
    guard headerLength >= 20 else { throw .malformed }
    let total = Int(frame.number16(offset + 2))
    // A length of 0 is what segmentation offload leaves of packets beyond 64 KiB.
    let end = total == 0 ? max(wireLength, frame.byteCount) : offset + total
    guard end >= offset + headerLength else { throw .malformed }
    let (source, destination) = (frame.number32(offset + 12), frame.number32(offset + 16))
    var header = IPHeader(
      source: Address(v4: source),
      destination: Address(v4: destination),
      inside: frame.byte(offset + 9),
      offset: offset + headerLength,
      end: end,
      hops: frame.byte(offset + 8),
      identification: frame.number16(offset + 4),
      isLaterFragment: frame.number16(offset + 6) & 0x1FFF != 0,
      isLocal: source >> 24 == 127 || destination >> 24 == 127,
      isForMany: destination >> 28 == 0xE || destination == .max)
    // In IPv4 it is the one header that may stand before the transport (RFC 4302 §3.1).
    if header.inside == Self.authentication, !header.isLaterFragment { try header.stepOverExtension(frame) }
    return header
  }
}
