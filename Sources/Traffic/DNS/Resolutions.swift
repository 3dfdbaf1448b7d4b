/// Which names led whom to which addresses, by what was seen of DNS.
struct Resolutions: ~Copyable {
  private var questions: Questions
  private var streams = DNSStreams()
  private var names: NameLedger

  init(limit: Int, seed: HashSeed) {
    questions = Questions(limit: min(limit, 1 << 16), seed: seed)
    names = NameLedger(limit: limit, seed: seed)
  }

  /// Takes note of the message in a datagram; a fragment is as one that was cut.
  @inline(never)
  mutating func note(_ sighting: Sighting, _ datagram: Datagram, _ frame: RawSpan, ledger: inout Ledger) {
    note(sighting, .udp, frame, datagram.payload, isWhole: datagram.isWhole, ledger: &ledger)
  }

  /// Takes note of the messages that a segment completes.
  @inline(never)
  mutating func note(_ sighting: Sighting, _ segment: Segment, _ frame: RawSpan, ledger: inout Ledger) {
    for message in streams.messages(sighting, segment, frame) {
      switch message {
      case .captured(let range, let isWhole):
        note(sighting, .tcp, frame, range, isWhole: isWhole, ledger: &ledger)
      case .joined(let bytes, let isWhole):
        bytes.lend { span in
          note(sighting, .tcp, span, 0..<bytes.count, isWhole: isWhole, ledger: &ledger)
        }
      }
    }
  }

  /// Ends everything that is under way.
  mutating func settleAll(ledger: inout Ledger) {
    questions.settleAll(ledger: &names)
    streams.end()
    ledger.pass(.dnsMalformed, times: streams.abandoned)
    ledger.pass(.nameOverflow, times: names.overflow)
  }

  /// Everything learned, as rows of one recorder, sorted.
  func facts(recorder: String) -> [DNSFact] { names.facts(recorder: recorder) }

  private mutating func note(
    _ sighting: Sighting, _ transport: Transport, _ frame: RawSpan, _ message: Range<Int>, isWhole: Bool,
    ledger: inout Ledger
  ) {
    let reason = questions.note(
      sighting, transport, frame, message: message, isWhole: isWhole, ledger: &names)
    if let reason { ledger.pass(reason) }
  }
}
