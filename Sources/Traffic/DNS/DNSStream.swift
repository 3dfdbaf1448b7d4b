/// Where DNS messages lie in a TCP segment (RFC 1035 §4.2.2): each behind its length.
///
/// A message that several segments share is not put together; what its first segment holds is read.
enum DNSStream {
  /// The messages of a payload, as far as they were captured.
  static func messages(_ frame: RawSpan, payload: Range<Int>) -> [(range: Range<Int>, isWhole: Bool)] {
    var messages: [(range: Range<Int>, isWhole: Bool)] = []
    var offset = payload.lowerBound
    while offset + 2 < payload.upperBound {
      let end = offset + 2 + Int(frame.number16(offset))
      messages.append((offset + 2..<min(end, payload.upperBound), end <= payload.upperBound))
      offset = end
    }
    return messages
  }
}
