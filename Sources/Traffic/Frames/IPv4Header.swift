extension IPHeader {
  /// RFC 791 §3.1; options are stepped over.
  @inline(__always)
  mutating func readVersion4(_ frame: RawSpan, at start: Int, wireLength: Int) throws(Passed) {
    guard frame.byteCount >= start + 20 else { throw .cut }
    // Version, header length, service, total length, identification, fragment; hops, protocol, checksum, source.
    let (first, second) = (frame.number64(start), frame.number64(start + 8))
    let headerLength = Int(first >> 56 & 15) * 4
    guard headerLength >= 20 else { throw .malformed }
    let total = Int(first >> 32 & 0xFFFF)
    // A length of 0 is what segmentation offload leaves of packets beyond 64 KiB.
    end = total == 0 ? max(wireLength, frame.byteCount) : start + total
    offset = start + headerLength
    guard end >= offset else { throw .malformed }
    let (from, to) = (UInt32(truncatingIfNeeded: second), frame.number32(start + 16))
    source = Address(v4: from)
    destination = Address(v4: to)
    inside = UInt8(truncatingIfNeeded: second >> 48)
    hops = UInt8(truncatingIfNeeded: second >> 56)
    identification = UInt16(truncatingIfNeeded: first >> 16)
    isLaterFragment = first & 0x1FFF != 0
    isLocal = from >> 24 == 127 || to >> 24 == 127
    isForMany = to >> 28 == 0xE || to == .max
    isImpossible = from == 0 || to == 0 || from >> 28 == 0xE || from == .max
    // In IPv4 it is the one header that may stand before the transport (RFC 4302 §3.1).
    if inside == Self.authentication, !isLaterFragment { try stepOverOne(frame) }
  }
}
