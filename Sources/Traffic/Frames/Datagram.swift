/// The payload of one UDP datagram, as far as it was captured.
struct Datagram {
  /// Where in the frame the captured payload lies.
  var payload: Range<Int>
  /// Whether all of it was captured.
  var isWhole: Bool

  /// RFC 768.
  init(_ frame: RawSpan, _ header: IPHeader) throws(Passed) {
    let offset = header.offset
    guard header.end >= offset + 8 else { throw .malformed }
    guard frame.byteCount >= offset + 8 else { throw .cut }
    let length = Int(frame.number16(offset + 4))
    // A length of 0 is a jumbogram (RFC 2675 §4).
    guard length == 0 || length >= 8 else { throw .malformed }
    let promised = length == 0 ? header.end : offset + length
    let end = min(promised, header.end, frame.byteCount)
    payload = offset + 8..<end
    isWhole = end == promised
  }
}
