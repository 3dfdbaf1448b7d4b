/// Turns frames into facts, one run of frames at a time.
///
/// It reads no clock and no file: the same frames always give the same harvest, and in which order the sightings of one
/// packet come does not matter.
public struct Recording {
  /// Who recorded: a node and its boot, or a run over capture files.
  ///
  /// It may be named until the end, for what comes through a pipe is known only then.
  public var recorder: String

  private let overlays: OverlayPorts
  private var connections: Connections
  private var exchanges: Exchanges
  private var questions: Questions
  private var ledger: Ledger
  private var names: NameLedger
  private var frames: UInt64 = 0
  private var first: Instant?
  private var last: Instant?

  /// An empty recording.
  ///
  /// `changes` cuts facts where addresses changed hands. Overlays are looked into at the ports `overlays`. `limit` bounds each table of what is under way and of what
  /// was found; what finds no room is counted.
  public init(
    recorder: String, changes: OwnerChanges = .none, overlays: OverlayPorts = .usual, limit: Int = 1 << 20
  ) {
    self.recorder = recorder
    self.overlays = overlays
    connections = Connections(limit: limit)
    exchanges = Exchanges(limit: limit)
    questions = Questions(limit: min(limit, 1 << 16))
    ledger = Ledger(changes: changes, limit: limit)
    names = NameLedger(limit: limit)
  }

  /// Takes note of one frame.
  ///
  /// `interface` is the index of the interface that showed it, 0 when nobody knows; a link header that names the
  /// interface knows better. `wireLength` is how long the frame was before it was cut.
  public mutating func note(
    _ frame: RawSpan, link: LinkType, at instant: Instant, interface: UInt32 = 0, wireLength: Int
  ) {
    frames += 1
    first = min(first ?? instant, instant)
    last = max(last ?? instant, instant)
    do throws(Passed) {
      let packet = try Packet(
        frame, link: link, instant: instant, interface: interface, wireLength: wireLength,
        overlays: overlays)
      try note(packet, frame)
    } catch {
      ledger.pass(error)
    }
  }

  /// Ends the recording and gives what was learned.
  public consuming func finish() -> Harvest {
    var recording = self
    return recording.harvest()
  }

  private mutating func harvest() -> Harvest {
    connections.settleAll(ledger: &ledger)
    exchanges.settleAll(ledger: &ledger)
    questions.settleAll(ledger: &names)
    var passed = ledger.passed
    if names.overflow > 0 { passed[.overflow, default: 0] += names.overflow }
    return Harvest(
      facts: ledger.facts(recorder: recorder),
      dns: names.facts(recorder: recorder),
      passed: passed,
      frames: frames,
      first: first,
      last: last,
      connections: ledger.connections,
      sightings: ledger.sightings,
      exchanges: ledger.exchanges)
  }

  private mutating func note(_ packet: Packet, _ frame: RawSpan) throws(Passed) {
    switch packet.content {
    case .segment(let segment):
      connections.note(packet, segment, ledger: &ledger)
      guard packet.concernsDNS, segment.length > 0 else { return }
      let captured = max(0, min(Int(segment.length), frame.byteCount - segment.payload))
      let payload = segment.payload..<segment.payload + captured
      for message in DNSStream.messages(frame, payload: payload) {
        try learn(packet, .tcp, frame, message.range, message.isWhole)
      }
    case .datagram(let datagram):
      exchanges.note(packet, datagram, frame, ledger: &ledger)
      guard packet.concernsDNS else { return }
      try learn(packet, .udp, frame, datagram.payload, datagram.isWhole)
    case .chunks:
      throw .sctp
    case .refusal(let refusal):
      let isKnown =
        switch refusal.transport {
        case .tcp: connections.note(refusal)
        case .udp: exchanges.note(refusal)
        case .sctp: false
        }
      guard isKnown else { throw .icmp }
    }
  }

  private mutating func learn(
    _ packet: Packet, _ transport: Transport, _ frame: RawSpan, _ payload: Range<Int>, _ isWhole: Bool
  ) throws(Passed) {
    let reason = questions.note(
      packet, transport, frame, payload: payload, isWhole: isWhole, ledger: &names)
    if let reason { throw reason }
  }
}

extension Packet {
  fileprivate var concernsDNS: Bool { source.port == DNS.port || destination.port == DNS.port }
}
