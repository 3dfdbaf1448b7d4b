/// One pair of ends under which a connection was seen: the stretch of its path between two translations of addresses.
///
/// Tables hold millions of them, so the fields stand in an order that leaves no gap: for TCP 128 bytes, two lines of memory.
struct Leg<State: TransportState>: Slotted {
  /// The two ends.
  let pair: SocketPair
  /// Tells this leg from others that had its place before.
  var serial: UInt32
  /// The earliest sighting.
  private(set) var first: Instant
  /// The latest sighting.
  private(set) var last: Instant
  private var firstAsked = Instant.distantFuture
  private var firstReplied = Instant.distantFuture
  /// How far it came, as this leg shows it.
  private(set) var state = State()
  private var askedHops: UInt8 = 0
  private var repliedHops: UInt8 = 0
  /// A short hash of both numbers of the latest packet.
  private var latest: UInt16 = 0
  /// Which of the ends asked, and by which interface what each of them sent came in first.
  private var entrances: Entrances
  /// How many packets it has, further sightings of one not counted, up to 255.
  private(set) var packets: UInt8 = 0
  /// All interfaces that showed it.
  private(set) var interfaces: InterfaceSet
  /// The interface of the earliest sighting; of several at once, the lowest.
  private(set) var interface: UInt32
  /// Where the next leg is, and whether there are too many.
  private var link: UInt32

  /// The leg that one packet shows, which opens a connection or answers, or is the middle of one.
  init(_ sighting: Sighting, isOpening: Bool, isAnswer: Bool) {
    pair = sighting.pair
    let sender = sighting.sender
    entrances = Entrances(
      client: isOpening ? (isAnswer ? sender.other : sender) : pair.lowerPort.other)
    first = sighting.instant
    last = sighting.instant
    interface = sighting.interface
    interfaces = InterfaceSet(sighting.interface)
    serial = 0
    link = 0
  }

  /// Gives away the leg of another connection that goes on between the same ends, if this packet proves that there is one.
  @inline(__always)
  mutating func takeAnother(_ sighting: Sighting, _ unit: State.Unit) -> Leg? {
    // As for every middle, the ports tell.
    let another = pair.lowerPort.other
    guard
      let middle = state.takeMiddleOfAnother(
        unit, fromClient: sighting.sender == client, isTurned: another != client)
    else { return nil }
    var leg = Leg(sighting, isOpening: false, isAnswer: false)
    leg.state = middle
    return leg
  }

  var key: SocketPair { pair }

  /// Which of the ends asked; for the middle of a connection, which has the higher port.
  @inline(__always)
  var client: SocketPair.End { entrances.client }

  /// The interface by which what an end sent came in first; nil where none showed it come in, or several did.
  ///
  /// Of a connection that was established the end is behind it: who sent what counts here heard the other end.
  func entrance(of end: SocketPair.End) -> UInt32? { entrances.place(of: end).map { interfaces[$0] } }

  /// What the client talks to on this leg.
  var server: Socket { pair[client.other] }

  /// The client as this leg shows it.
  var clientSocket: Socket { pair[client] }

  /// Whether one of its ends is one of the other's, as it is where one translation stands between.
  func sharesAnEnd(with other: Leg) -> Bool {
    let ends = (other.clientSocket, other.server)
    return clientSocket == ends.0 || clientSocket == ends.1 || server == ends.0 || server == ends.1
  }

  /// What was seen of the way from the client.
  var asked: Trail { Trail(hops: askedHops, first: firstAsked) }

  /// What was seen of the way from the server.
  var replied: Trail { Trail(hops: repliedHops, first: firstReplied) }

  /// The place of another leg that may be of the same connection; the last leads back to the first.
  var next: Int {
    get { Int(link & ~Self.crowd) }
    set { link = link & Self.crowd | UInt32(truncatingIfNeeded: newValue) }
  }

  /// Whether more had its number and one of its ends than one connection can have legs, so that it is of none of them.
  var isCrowded: Bool { link & Self.crowd != 0 }

  mutating func noteCrowd() { link |= Self.crowd }

  /// Places need 30 bits.
  private static var crowd: UInt32 { 1 << 31 }

  /// Whether it shows that its ends hear each other.
  var isEstablished: Bool { state.tier?.isEstablished == true }

  /// Whether it shows an opening, and nobody who answered it.
  var isUnanswered: Bool {
    guard let tier = state.tier else { return false }
    return tier < .answered
  }

  /// Whether it shows an opening, its answer, and packets of both sides.
  var isSeenWhole: Bool { state.isOpened && !isUnanswered && asked.hops != nil && replied.hops != nil }

  @inline(__always)
  mutating func note(_ sighting: Sighting, _ unit: State.Unit) {
    noteMoment(sighting)
    if !state.isIdle(unit) { noteProgress(sighting, unit) }
  }

  @inline(__always)
  private mutating func noteMoment(_ sighting: Sighting) {
    if sighting.instant < first || sighting.instant == first && sighting.interface < interface {
      first = sighting.instant
      interface = sighting.interface
    }
    last = max(last, sighting.instant)
    if !interfaces.contains(sighting.interface) { noteInterface(sighting.interface) }
  }

  @inline(never)
  private mutating func noteInterface(_ index: UInt32) {
    if interfaces.insert(index) { entrances.confuse() }
  }

  private mutating func noteProgress(_ sighting: Sighting, _ unit: State.Unit) {
    if unit.isAnswer, state.isMidstream, state.tier == nil, sighting.sender == client {
      // The ports misled: whoever answers an opening is the server.
      turn()
      state = State()
    }
    let fromClient = sighting.sender == client
    state.note(unit, fromClient: fromClient)
    let mark = UInt16(truncatingIfNeeded: (unit.numbers &* 0x9E37_79B9_7F4A_7C15) >> 48)
    if latest != mark || packets == 0 {
      latest = mark
      if packets < .max { packets += 1 }
    }
    // Later packets may take another way, so only those that open count once an opening was seen; and of these none
    // that somebody made up.
    guard unit.isOpening ? state.isOwnOpening(unit, fromClient: fromClient) : state.isMidstream else {
      return
    }
    if !state.isMidstream {
      noteEntrance(sighting, notAfter: fromClient ? firstAsked : firstReplied)
    } else if sighting.hasArrived, state.isHeard(unit, fromClient: fromClient) {
      // Of many packets: which was the first to come in, and which is another sighting of one, nobody can tell.
      entrances.note(sighting.sender, by: interfaces.place(of: sighting.interface))
    }
    if fromClient {
      askedHops = max(askedHops, sighting.hops)
      firstAsked = min(firstAsked, sighting.instant)
    } else {
      repliedHops = max(repliedHops, sighting.hops)
      firstReplied = min(firstReplied, sighting.instant)
    }
  }

  /// Takes note of where an opening came in, unless it was seen earlier.
  private mutating func noteEntrance(_ sighting: Sighting, notAfter first: Instant) {
    guard sighting.instant <= first else { return }
    if sighting.instant < first { entrances.forget(sighting.sender) }
    if sighting.hasArrived { entrances.note(sighting.sender, by: interfaces.place(of: sighting.interface)) }
  }

  /// Takes the other end for the client: in the middle of a connection the ports are all that tells.
  mutating func turn() {
    entrances.client = client.other
    swap(&askedHops, &repliedHops)
    swap(&firstAsked, &firstReplied)
  }

  /// Takes note of a packet that went between other addresses of the same two hosts.
  mutating func noteElsewhere(_ sighting: Sighting, _ unit: State.Unit, fromClient: Bool) {
    state.note(unit, fromClient: fromClient)
    last = max(last, sighting.instant)
  }

  mutating func noteRefusal(from sender: SocketPair.End, of number: UInt32) {
    guard sender == client else { return }
    state.noteRefusal(of: number)
  }

  /// Whether so much time has passed since its last packet that no other can be expected.
  func isOver(at instant: Instant) -> Bool {
    guard last.advanced(bySeconds: Self.shortestPatience) < instant else { return false }
    return last.advanced(bySeconds: patience) < instant
  }

  /// Whether it is closed, or nobody answered, and every further sighting of its latest packet has come; or was
  /// answered, and the client has not gone on for some time.
  func canLeave(at instant: Instant) -> Bool {
    guard last.advanced(bySeconds: Ties.window) < instant else { return false }
    guard !state.isClosed, let tier = state.tier else { return true }
    guard tier == .answered else { return tier <= .refused }
    return last.advanced(bySeconds: Self.confirmation) < instant
  }

  /// How long after its last packet the connection counts as over, in seconds.
  private var patience: Int64 {
    if state.isClosed { return Self.shortestPatience }
    guard let tier = state.tier else { return 60 }
    // A SYN is repeated after at most 64 s, and an INIT after 60 (RFC 9260 §16).
    return tier.isEstablished ? State.longestSilence : 120
  }

  /// Who wants a connection confirms its answer within a round trip; a lost answer comes again after 1, 3 and 7 s.
  private static var confirmation: Int64 { 10 }

  /// Late repetitions of what closed it come within.
  private static var shortestPatience: Int64 { 30 }

  static var vacant: Leg { Leg(.none, isOpening: false, isAnswer: false) }
}

/// What one leg shows of packets that go one way.
struct Trail {
  /// The highest hop limit, which sank with each router before; nil when nothing was seen.
  let hops: UInt8?
  /// The first sighting; nil when there was none.
  let first: Instant?

  /// No packet that was seen has a hop limit of 0 (see `Sighting`), so it stands for none.
  init(hops: UInt8, first: Instant) {
    self.hops = hops == 0 ? nil : hops
    self.first = hops == 0 ? nil : first
  }
}
