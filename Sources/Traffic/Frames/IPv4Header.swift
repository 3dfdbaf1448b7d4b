extension IPHeader {
  /// RFC 791 §3.1; options are stepped over.
  @inline(__always)
  mutating func readVersion4(_ frame: RawSpan, at start: Int, wireLength: Int) throws(Passed) {
    guard frame.byteCount >= start + 20 else { throw .cut }
    let headerLength = Int(frame.byte(start) & 15) * 4
    guard headerLength >= 20 else { throw .malformed }
    let total = Int(frame.number16(start + 2))
    // A length of 0 is what segmentation offload leaves of packets beyond 64 KiB.
    end = total == 0 ? max(wireLength, frame.byteCount) : start + total
    offset = start + headerLength
    guard end >= offset else { throw .malformed }
    let (from, to) = (frame.number32(start + 12), frame.number32(start + 16))
    source = Address(v4: from)
    destination = Address(v4: to)
    inside = frame.byte(start + 9)
    hops = frame.byte(start + 8)
    identification = frame.number16(start + 4)
    isLaterFragment = frame.number16(start + 6) & 0x1FFF != 0
    isLocal = from >> 24 == 127 || to >> 24 == 127
    isForMany = to >> 28 == 0xE || to == .max
    isImpossible = from == 0 || to == 0 || from >> 28 == 0xE || from == .max
    // In IPv4 it is the one header that may stand before the transport (RFC 4302 §3.1).
    if inside == Self.authentication, !isLaterFragment { try stepOverExtension(frame) }
  }
}
