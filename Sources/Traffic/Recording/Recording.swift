/// Turns frames into facts, one run of frames at a time.
///
/// It reads no clock and no file: the same frames in the same order always give the same harvest. In which order the
/// sightings of one packet come does not matter while the tables have room; which of two packets is first does.
public struct Recording: ~Copyable {
  /// Who recorded: a node and its boot, or a run over capture files.
  ///
  /// It may be named until the end, for what comes through a pipe is known only then.
  public var recorder: String
  /// How far back frames go of the source whose frames come now.
  ///
  /// Who notes frames of several files by turns gives each its own.
  public var stretch: Stretch {
    get { times.stretch }
    set { times.turn(to: newValue) }
  }

  /// Whether frames of several machines may be among those that were noted.
  ///
  /// Then the number of an interface does not tell which one it is, and nobody is held to have sent in another's name.
  public var mayShowSeveralMachines = false

  private let overlays: OverlayPorts
  private let seed: HashSeed
  private var waiting: Waiting
  private var connections: Connections<Handshake>
  private var associations: Connections<Association>
  private var exchanges: Exchanges
  private var resolutions: Resolutions
  private var ledger: Ledger
  private var frames: UInt64 = 0
  private var times = RecordingTimes()

  /// An empty recording.
  ///
  /// `changes` cuts facts where addresses changed hands. Overlays are looked into at the ports `overlays`. `limit`
  /// bounds each table of what is under way and of what was found; what finds no room is counted. `seed` keeps those
  /// who send packets from choosing where in the tables they are kept, and nothing else depends on it.
  public init(
    recorder: String, changes: OwnerChanges = .none, overlays: OverlayPorts = .usual, limit: Int = 1 << 20,
    seed: UInt64 = .random(in: 0 ... .max)
  ) {
    self.init(
      recorder: recorder, changes: changes, overlays: overlays, limit: limit, seed: seed, waiting: Waiting())
  }

  init(
    recorder: String, changes: OwnerChanges, overlays: OverlayPorts, limit: Int, seed: UInt64,
    waiting: consuming Waiting
  ) {
    self.waiting = waiting
    self.recorder = recorder
    self.overlays = overlays
    let limit = Self.affordable(limit)
    let seed = HashSeed(seed)
    self.seed = seed
    connections = Connections(limit: limit, seed: seed)
    associations = Connections(limit: limit, seed: seed)
    exchanges = Exchanges(limit: limit, seed: seed)
    resolutions = Resolutions(limit: limit, seed: seed)
    ledger = Ledger(changes: changes, limit: limit, seed: seed)
  }

  /// As many conversations as there is address space for, of so many.
  ///
  /// Tables reserve about a kibibyte for each when they begin, and as much again is for what is made of it in the end.
  private static func affordable(_ limit: Int) -> Int {
    let each = 2_048
    let wished = limit.multipliedReportingOverflow(by: each)
    let bytes = wished.overflow ? Int.max / 2 : max(0, wished.partialValue)
    let available = GrowingMemory.available(of: bytes)
    return available < bytes ? available / each : limit
  }

  /// Takes note of one frame.
  ///
  /// `interface` is the index of the interface that showed it, 0 when nobody knows; a link header that names the
  /// interface knows better. `wireLength` is how long the frame was before it was cut.
  public mutating func note(
    _ frame: RawSpan, link: LinkType, at instant: Instant, interface: UInt32 = 0, wireLength: Int
  ) {
    frames += 1
    guard times.note(instant) else { return ledger.pass(.impossibleTime) }
    var packet = Packet(at: instant, interface: interface)
    do throws(Passed) {
      let offset = try packet.begin(frame, link: link, wireLength: wireLength)
      if packet.isSegment {
        note(try packet.segment(frame), Sighting(packet, frame, seed: seed), frame)
      } else {
        try noteOther(
          frame, at: offset, Packet(at: instant, interface: packet.interface, hasArrived: packet.hasArrived),
          wireLength: wireLength)
      }
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
    noteAsked()
    waiting.turn()
    noteAsked()
    // What is settled gives its memory back, for facts are about to take some.
    connections.settleAll(ledger: &ledger)
    connections = Connections(limit: 0, seed: seed)
    associations.settleAll(ledger: &ledger)
    associations = Connections(limit: 0, seed: seed)
    exchanges.settleAll(ledger: &ledger)
    exchanges = Exchanges(limit: 0, seed: seed)
    resolutions.settleAll(ledger: &ledger)
    let found = ledger.close(recorder: recorder, mayShowSeveralMachines: mayShowSeveralMachines)
    return Harvest(
      facts: found.facts,
      spoofed: found.spoofed,
      dns: resolutions.facts(recorder: recorder),
      passed: ledger.passed,
      frames: frames,
      first: times.span?.lowerBound,
      last: times.span?.upperBound,
      connections: ledger.connections,
      associations: ledger.associations,
      sightings: ledger.sightings,
      exchanges: ledger.exchanges)
  }

  /// Takes note of a packet that may be any.
  ///
  /// It is read anew: whoever hands on a packet has it in memory, and then it would be there for segments too.
  @inline(never)
  private mutating func noteOther(
    _ frame: RawSpan, at offset: Int, _ beginning: Packet, wireLength: Int
  ) throws(Passed) {
    var packet = beginning
    try packet.read(frame, at: offset, wireLength: wireLength, overlays: overlays)
    switch try packet.content(frame) {
    case .segment(let segment): note(segment, Sighting(packet, frame, seed: seed), frame)
    case .datagram(let datagram): note(datagram, packet, frame)
    case .chunks(let chunks): note(chunks, packet, frame)
    case .refusal(let refusal): note(refusal, packet)
    }
  }

  @inline(__always)
  private mutating func note(_ segment: Segment, _ sighting: Sighting, _ frame: RawSpan) {
    connections.prepare(hash: sighting.hash)
    wait(sighting, .segment(segment))
    // From where it waits, so that no other sighting need lie in memory.
    if sighting.concernsDNS { resolutions.note(waiting.latest.sighting, segment, frame, ledger: &ledger) }
  }

  @inline(never)
  private mutating func note(_ datagram: Datagram, _ packet: Packet, _ frame: RawSpan) {
    let sighting = Sighting(packet, frame, seed: seed)
    exchanges.prepare(hash: sighting.hash)
    let mark = datagram.mark(frame, identification: sighting.identification)
    let mayBeUnderWay = times.stretch.mayHaveMissedTheBeginning(at: sighting.instant)
    let mayAnswer = sighting.concernsDNS && datagram.mayAnswer(frame)
    wait(
      sighting,
      .datagram(
        mark: mark, mayAnswer: mayAnswer, mayBeUnderWay: mayBeUnderWay,
        isFresh: times.stretch.holdsAllSightings(at: sighting.instant)))
    if sighting.concernsDNS { resolutions.note(sighting, datagram, frame, ledger: &ledger) }
  }

  @inline(never)
  private mutating func note(_ chunks: Chunks, _ packet: Packet, _ frame: RawSpan) {
    let sighting = Sighting(packet, frame, seed: seed)
    associations.prepare(hash: sighting.hash)
    wait(sighting, .chunks(chunks))
  }

  @inline(never)
  private mutating func note(_ refusal: Refusal, _ packet: Packet) {
    let sighting = Sighting(refusal, in: packet, seed: seed)
    wait(sighting, .refusal(refusal.transport, sequence: refusal.sequence))
  }

  @inline(__always)
  private mutating func wait(_ sighting: Sighting, _ content: Waiting.Content) {
    waiting.add(Waiting.Item(sighting: sighting, content: content))
    guard waiting.isRowFull else { return }
    turn()
  }

  /// Asks for what the row that is full will change, and notes the one before it.
  @inline(never)
  private mutating func turn() {
    for number in waiting.filling { prepare(number) }
    noteAsked()
    waiting.turn()
  }

  @inline(__always)
  private mutating func prepare(_ number: Int) {
    switch waiting[number].content {
    case .segment(let segment):
      waiting[number].sighting.expected = connections.prepareEntry(hash: waiting[number].sighting.hash)
      if segment.isOpening { connections.prepareTies(waiting[number].sighting, segment) }
    case .chunks(let chunks):
      waiting[number].sighting.expected = associations.prepareEntry(hash: waiting[number].sighting.hash)
      if chunks.isOpening { associations.prepareTies(waiting[number].sighting, chunks) }
    case .datagram(let mark, _, _, _):
      waiting[number].sighting.expected = exchanges.prepareEntry(waiting[number].sighting, mark: mark)
    case .refusal: break
    }
  }

  private mutating func noteAsked() {
    for number in waiting.asked { note(number) }
  }

  @inline(__always)
  private mutating func note(_ number: Int) {
    switch waiting[number].content {
    case .segment(let segment): connections.note(waiting[number].sighting, segment, ledger: &ledger)
    case .chunks(let chunks): note(chunks, waiting[number].sighting)
    case .datagram(let mark, let mayAnswer, let mayBeUnderWay, let isFresh):
      exchanges.note(
        waiting[number].sighting, mark: mark, mayAnswer: mayAnswer, mayBeUnderWay: mayBeUnderWay,
        isFresh: isFresh, ledger: &ledger)
    case .refusal(let transport, let sequence):
      let sighting = waiting[number].sighting
      let isKnown =
        switch transport {
        case .tcp: connections.noteRefusal(sighting, of: sequence)
        case .udp: exchanges.noteRefusal(sighting)
        case .sctp: associations.noteRefusal(sighting, of: sequence)
        }
      if !isKnown { ledger.pass(.icmp) }
    }
  }

  @inline(never)
  private mutating func note(_ chunks: Chunks, _ sighting: Sighting) {
    associations.note(sighting, chunks, ledger: &ledger)
  }
}
