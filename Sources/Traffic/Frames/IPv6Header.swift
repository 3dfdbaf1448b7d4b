extension IPHeader {
  /// RFC 8200 §3 and §4: the fixed header and what stands between it and the transport.
  @inline(__always)
  mutating func readVersion6(_ frame: RawSpan, at start: Int, wireLength: Int) throws(Passed) {
    guard frame.byteCount >= start + 40 else { throw .cut }
    let length = Int(frame.number16(start + 4))
    // A length of 0 is a jumbogram (RFC 2675) or a packet that the card has yet to cut into segments.
    end = length == 0 ? max(wireLength, frame.byteCount) : start + 40 + length
    offset = start + 40
    let (from, to) = (frame.number128(start + 8), frame.number128(start + 24))
    source = Address(bits: from)
    destination = Address(bits: to)
    oddities = Self.isOrdinary(from) && Self.isOrdinary(to) ? [] : try Self.oddities(from, to)
    inside = frame.byte(start + 6)
    hops = frame.byte(start + 7)
    identification = 0
    if Self.isExtension(inside) { try stepOverAll(frame) }
  }

  /// Whether an address is surely one host's: a quick look, and most addresses need no second.
  @inline(__always)
  private static func isOrdinary(_ address: UInt128) -> Bool {
    let first = UInt8(truncatingIfNeeded: address >> 120)
    return first != 0 && first != 0xFF
  }

  @inline(never)
  private static func oddities(_ from: UInt128, _ to: UInt128) throws(Passed) -> Oddities {
    // Such addresses stand for IPv4 inside a host and never travel (RFC 4038 §4.2): here they would pass for IPv4.
    guard !Address(bits: from).isV4, !Address(bits: to).isV4 else { throw .malformed }
    var found: Oddities = []
    if from == 1 || to == 1 { found.insert(.local) }
    if to >> 120 == 0xFF { found.insert(.forMany) }
    if from == 0 || to == 0 || from >> 120 == 0xFF { found.insert(.impossible) }
    return found
  }

  // Both change a copy, so that a header without extensions need not lie in memory at all.

  @inline(__always)
  mutating func stepOverOne(_ frame: RawSpan) throws(Passed) {
    var behind = self
    try behind.stepOverExtension(frame)
    self = behind
  }

  @inline(__always)
  private mutating func stepOverAll(_ frame: RawSpan) throws(Passed) {
    var behind = self
    try behind.stepOverExtensions(frame)
    self = behind
  }

  @inline(never)
  private mutating func stepOverExtensions(_ frame: RawSpan) throws(Passed) {
    for _ in 0..<Self.mostExtensions {
      guard Self.isExtension(inside), !isLaterFragment else { return }
      try stepOverExtension(frame)
    }
    guard !Self.isExtension(inside) || isLaterFragment else { throw .malformed }
  }

  /// Goes on to what follows the extension header at `offset`.
  @inline(never)
  private mutating func stepOverExtension(_ frame: RawSpan) throws(Passed) {
    guard end >= offset + 8 else { throw .malformed }
    guard frame.byteCount >= offset + 8 else { throw .cut }
    let kind = inside
    inside = frame.byte(offset)
    let units = Int(frame.byte(offset + 1))
    switch kind {
    case Self.fragment:
      if frame.number16(offset + 2) & 0xFFF8 != 0 { oddities.insert(.laterFragment) }
      offset += 8
    // RFC 4302 §2.2 counts in units of four bytes.
    case Self.authentication: offset += (units + 2) * 4
    default: offset += (units + 1) * 8
    }
    guard offset <= end else { throw .malformed }
  }

  /// Whether it is a header with a length of its own: RFC 7045 §4, but for ESP, behind which nothing can be read.
  private static func isExtension(_ number: UInt8) -> Bool {
    switch number {
    // Hop-by-hop and destination options, routing, mobility, host identity, shim6.
    case 0, 60, 43, fragment, authentication, 135, 139, 140: true
    default: false
    }
  }

  private static let fragment: UInt8 = 44
  static let authentication: UInt8 = 51

  /// RFC 8200 §4.1 has each header once and one of them twice; chains beyond that are an attack.
  private static let mostExtensions = 9
}
