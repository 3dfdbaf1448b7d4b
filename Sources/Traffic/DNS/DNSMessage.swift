/// One DNS message, as far as addresses are concerned.
struct DNSMessage {
  /// The number that ties an answer to its question.
  let id: UInt16
  /// Whether it answers.
  let isAnswer: Bool
  /// Whether the answer says of itself that it is only a beginning, to be asked for again over TCP.
  let isTruncated: Bool
  /// What is asked.
  let question: Question
  /// The addresses answered, through all aliases of the name asked for; each once.
  let addresses: [Address]
  /// Whether the message could be read to its end.
  let isWhole: Bool

  struct Question: Hashable {
    let name: DNSName
    let type: UInt16

    /// Whether an address would answer it.
    var asksForAddress: Bool { type == DNS.address4 || type == DNS.address6 }
  }

  /// The message in `range`, which lies within the frame; nil when it breaks RFC 1035 §4.1.
  ///
  /// A message whose answers break off gives those before the break.
  init?(_ frame: RawSpan, in range: Range<Int>) {
    guard range.lowerBound >= 0, range.upperBound <= frame.byteCount, range.count >= DNS.headerLength
    else { return nil }
    let start = range.lowerBound
    let flags = frame.number16(start + 2)
    // One question, of the ordinary kind; no client sends more (RFC 9619).
    guard flags >> 11 & 15 == 0, frame.number16(start + 4) == 1,
      let (name, end) = DNSName.read(frame, at: start + DNS.headerLength, in: range),
      end + 4 <= range.upperBound, frame.number16(end + 2) == DNS.internet
    else { return nil }
    id = frame.number16(start)
    isAnswer = flags & 0x8000 != 0
    isTruncated = flags & 0x0200 != 0
    let question = Question(name: name, type: frame.number16(end))
    self.question = question
    guard isAnswer, question.asksForAddress else {
      addresses = []
      isWhole = true
      return
    }
    var answers = DNSAnswers(type: question.type)
    isWhole = answers.read(frame, at: end + 4, in: range, count: Int(frame.number16(start + 6)))
    addresses = flags & 15 == 0 ? answers.addresses(of: name) : []
  }
}
