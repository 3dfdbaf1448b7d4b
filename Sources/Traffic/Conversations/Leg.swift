/// One pair of ends under which a TCP connection was seen: the stretch of its path between two translations of addresses.
///
/// Tables hold millions of them, so the fields stand in an order that leaves no gap: 128 bytes, two lines of memory.
struct Leg: Slotted {
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
  private(set) var handshake = Handshake()
  private var askedHops: UInt8 = 0
  private var repliedHops: UInt8 = 0
  /// A short hash of both numbers of the latest segment.
  private var latest: UInt16 = 0
  /// Which of the ends asked; for the middle of a connection, which has the higher port.
  private(set) var client: SocketPair.End
  /// How many segments it has, further sightings of one not counted, up to 255.
  private(set) var segments: UInt8 = 0
  /// All interfaces that showed it.
  private(set) var interfaces: InterfaceSet
  /// The interface of the earliest sighting; of several at once, the lowest.
  private(set) var interface: UInt32
  /// The place of another leg of the same connection; the last leads back to the first.
  var next: UInt32

  init(_ sighting: Sighting, _ segment: Segment) {
    pair = sighting.pair
    let sender = sighting.sender
    client =
      segment.isSYN ? (segment.hasAcknowledgement ? sender.other : sender) : pair.lowerPort.other
    first = sighting.instant
    last = sighting.instant
    interface = sighting.interface
    interfaces = InterfaceSet(sighting.interface)
    serial = 0
    next = 0
  }

  var key: SocketPair { pair }

  /// What the client talks to on this leg.
  var server: Socket { pair[client.other] }

  /// The client as this leg shows it.
  var clientSocket: Socket { pair[client] }

  /// What was seen of the way from the client.
  var asked: Trail { Trail(hops: askedHops, first: firstAsked) }

  /// What was seen of the way from the server.
  var replied: Trail { Trail(hops: repliedHops, first: firstReplied) }

  mutating func note(_ sighting: Sighting, _ segment: Segment) {
    if segment.isSYN, segment.hasAcknowledgement, handshake.isMidstream, handshake.tier == nil,
      sighting.sender == client
    {
      // The ports misled: whoever answers an opening is the server.
      client = client.other
      handshake = Handshake()
      swap(&askedHops, &repliedHops)
      swap(&firstAsked, &firstReplied)
    }
    let fromClient = sighting.sender == client
    handshake.note(segment, fromClient: fromClient)
    if sighting.instant < first || sighting.instant == first && sighting.interface < interface {
      first = sighting.instant
      interface = sighting.interface
    }
    last = max(last, sighting.instant)
    interfaces.insert(sighting.interface)
    let mark = UInt16(truncatingIfNeeded: segment.numbers &* 0x9E37_79B9_7F4A_7C15 >> 48)
    if latest != mark || segments == 0 {
      latest = mark
      if segments < .max { segments += 1 }
    }
    // Later segments may take another way, so only those that open count once an opening was seen.
    guard segment.isSYN || handshake.isMidstream else { return }
    if fromClient {
      askedHops = max(askedHops, sighting.hops)
      firstAsked = min(firstAsked, sighting.instant)
    } else {
      repliedHops = max(repliedHops, sighting.hops)
      firstReplied = min(firstReplied, sighting.instant)
    }
  }

  mutating func noteRefusal(from sender: SocketPair.End, of sequence: UInt32) {
    guard sender == client else { return }
    handshake.noteRefusal(of: sequence)
  }

  /// Whether so much time has passed since its last packet that no other can be expected.
  func isOver(at instant: Instant) -> Bool {
    guard last.advanced(bySeconds: Self.shortestPatience) < instant else { return false }
    return last.advanced(bySeconds: patience) < instant
  }

  /// Whether it is closed, or nobody answered, and every further sighting of its latest packet has come.
  func canLeave(at instant: Instant) -> Bool {
    guard last.advanced(bySeconds: Ties.window) < instant else { return false }
    return handshake.isClosed || (handshake.tier ?? .attempted) <= .refused
  }

  /// How long after its last packet the connection counts as over, in seconds.
  private var patience: Int64 {
    if handshake.isClosed { return Self.shortestPatience }
    guard let tier = handshake.tier else { return 60 }
    // Linux's keep-alive speaks after two idle hours, then up to nine times 75 s apart (tcp(7)); a SYN is repeated after at most 64 s.
    return tier.isEstablished ? 7_200 + 10 * 75 : 120
  }

  /// Late repetitions of what closed it come within.
  private static let shortestPatience: Int64 = 30

  static let vacant = Leg(.none, Segment(sequence: 0, flags: 0))
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
