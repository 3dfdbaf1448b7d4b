/// The payload of one UDP datagram, as far as it was captured.
struct Datagram {
  /// Where in the frame the captured payload lies.
  var payload: Range<Int>
  /// Whether all of it was captured.
  var isWhole: Bool

  /// RFC 768.
  @inline(__always)
  init(_ frame: RawSpan, _ place: IPHeader.Payload) throws(Passed) {
    let offset = place.offset
    guard place.end >= offset + 8 else { throw .malformed }
    guard frame.byteCount >= offset + 8 else { throw .cut }
    let length = Int(frame.number16(offset + 4))
    // A length of 0 is a jumbogram (RFC 2675 §4).
    guard length == 0 || length >= 8 else { throw .malformed }
    let promised = length == 0 ? place.end : offset + length
    let end = min(promised, place.end, frame.byteCount)
    payload = offset + 8..<end
    isWhole = end == promised
  }

  /// Whether it may be an answer of DNS: it says so (RFC 1035 §4.1.1), or where it would say so was not captured.
  func mayAnswer(_ frame: RawSpan) -> Bool {
    guard payload.count >= DNS.headerLength else { return !isWhole }
    return frame.byte(payload.lowerBound + 2) & 0x80 != 0
  }

  /// A short hash of how it begins, the same for all its sightings, whatever address was translated.
  func mark(_ frame: RawSpan, identification: UInt16) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(identification)
    var offset = payload.lowerBound
    let end = min(payload.upperBound, offset + 64)
    while offset + 8 <= end {
      let word = UInt64(frame.number32(offset)) << 32 | UInt64(frame.number32(offset + 4))
      hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
      offset += 8
    }
    while offset < end {
      hash = (hash ^ UInt64(frame.byte(offset))) &* 0x100_0000_01B3
      offset += 1
    }
    return hash
  }
}
