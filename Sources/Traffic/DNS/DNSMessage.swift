/// One DNS message, as far as addresses are concerned: where its parts lie in a frame.
struct DNSMessage {
  /// The number that ties an answer to its question.
  let id: UInt16
  /// Whether it answers.
  let isAnswer: Bool
  /// Whether the answer says of itself that it is only a beginning, to be asked for again over TCP.
  let isTruncated: Bool
  /// Whether the answer is that there is none.
  let isError: Bool
  /// The record type that is asked for.
  let type: UInt16
  /// Where the name that is asked for begins.
  let name: Int
  /// Where the records of the answer begin.
  let answers: Int
  /// How many there are, by the message's own account.
  let count: Int
  /// Where the message lies, as far as it was captured.
  let range: Range<Int>

  /// The message in `range`, which lies within the frame; nil when it breaks RFC 1035 §4.1.
  init?(_ frame: RawSpan, in range: Range<Int>) {
    guard range.lowerBound >= 0, range.upperBound <= frame.byteCount, range.count >= DNS.headerLength
    else { return nil }
    let start = range.lowerBound
    let flags = frame.number16(start + 2)
    name = start + DNS.headerLength
    // One question, of the ordinary kind; no client sends more (RFC 9619).
    guard flags >> 11 & 15 == 0, frame.number16(start + 4) == 1,
      let end = NameWalk.end(frame, at: name, in: range),
      end + 4 <= range.upperBound, frame.number16(end + 2) == DNS.internet
    else { return nil }
    id = frame.number16(start)
    isAnswer = flags & 0x8000 != 0
    isTruncated = flags & 0x0200 != 0
    isError = flags & 15 != 0
    type = frame.number16(end)
    answers = end + 4
    count = Int(frame.number16(start + 6))
    self.range = range
  }

  /// Whether an address would answer the question.
  var asksForAddress: Bool { type == DNS.address4 || type == DNS.address6 }
}
