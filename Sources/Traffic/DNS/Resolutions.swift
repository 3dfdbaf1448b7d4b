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
  mutating func note(_ packet: Packet, _ datagram: Datagram, _ frame: RawSpan, ledger: inout Ledger) {
    guard packet.concernsDNS else { return }
    note(packet, .udp, frame, datagram.payload, isWhole: datagram.isWhole, ledger: &ledger)
  }

  /// Takes note of the messages that a segment completes.
  mutating func note(_ packet: Packet, _ segment: Segment, _ frame: RawSpan, ledger: inout Ledger) {
    guard packet.concernsDNS else { return }
    for message in streams.messages(packet, segment, frame) {
      switch message {
      case .captured(let range, let isWhole):
        note(packet, .tcp, frame, range, isWhole: isWhole, ledger: &ledger)
      case .joined(let bytes, let isWhole):
        bytes.lend { span in
          note(packet, .tcp, span, 0..<bytes.count, isWhole: isWhole, ledger: &ledger)
        }
      }
    }
  }

  /// Ends everything that is under way.
  mutating func settleAll(ledger: inout Ledger) {
    questions.settleAll(ledger: &names)
    streams.end()
    ledger.pass(.dnsMalformed, times: streams.abandoned)
    ledger.pass(.overflow, times: names.overflow)
  }

  /// Everything learned, as rows of one recorder, sorted.
  func facts(recorder: String) -> [DNSFact] { names.facts(recorder: recorder) }

  private mutating func note(
    _ packet: Packet, _ transport: Transport, _ frame: RawSpan, _ message: Range<Int>, isWhole: Bool,
    ledger: inout Ledger
  ) {
    let reason = questions.note(packet, transport, frame, message: message, isWhole: isWhole, ledger: &names)
    if let reason { ledger.pass(reason) }
  }
}

extension Packet {
  fileprivate var concernsDNS: Bool { source.port == DNS.port || destination.port == DNS.port }
}
