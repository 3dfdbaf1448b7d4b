extension IPHeader {
  /// RFC 791 §3.1; options are stepped over.
  @inline(__always)
  mutating func readVersion4(_ frame: RawSpan, at start: Int, wireLength: Int) throws(Passed) {
    guard frame.byteCount >= start + 20 else { throw .cut }
    // Version, header length, service, total length, identification, fragment; hops, protocol, checksum, source.
    let both = frame.number128(start)
    let (first, second) = (UInt64(truncatingIfNeeded: both >> 64), UInt64(truncatingIfNeeded: both))
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
    oddities = first & 0x1FFF == 0 ? [] : .laterFragment
    if !Self.isOrdinary(from) || !Self.isOrdinary(to) { oddities.formUnion(Self.oddities(from, to)) }
    // In IPv4 it is the one header that may stand before the transport (RFC 4302 §3.1).
    if inside == Self.authentication, !isLaterFragment { try stepOverOne(frame) }
  }

  /// Whether an address is surely a host's on a network: a quick look, and most addresses need no second.
  @inline(__always)
  private static func isOrdinary(_ address: UInt32) -> Bool {
    address &- 0x0100_0000 < 0xDF00_0000 && address >> 24 != 127
  }

  @inline(never)
  private static func oddities(_ from: UInt32, _ to: UInt32) -> Oddities {
    var found: Oddities = []
    if from >> 24 == 127 || to >> 24 == 127 { found.insert(.local) }
    if to >> 28 == 0xE || to == .max { found.insert(.forMany) }
    if from == 0 || to == 0 || from >> 28 == 0xE || from == .max { found.insert(.impossible) }
    return found
  }
}
