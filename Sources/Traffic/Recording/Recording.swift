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
  private var resolutions: Resolutions
  private var ledger: Ledger
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
    resolutions = Resolutions(limit: limit)
    ledger = Ledger(changes: changes, limit: limit)
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
    resolutions.settleAll(ledger: &ledger)
    return Harvest(
      facts: ledger.facts(recorder: recorder),
      dns: resolutions.facts(recorder: recorder),
      passed: ledger.passed,
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
      resolutions.note(packet, segment, frame, ledger: &ledger)
    case .datagram(let datagram):
      exchanges.note(packet, datagram, frame, ledger: &ledger)
      resolutions.note(packet, datagram, frame, ledger: &ledger)
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
}
