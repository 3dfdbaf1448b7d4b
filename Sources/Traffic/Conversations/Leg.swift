/// One pair of ends under which a TCP connection was seen: the stretch of its path between two translations of addresses.
struct Leg {
  /// The two ends.
  let pair: SocketPair
  /// Which of them asked; for the middle of a connection, which has the higher port.
  private(set) var client: SocketPair.End
  /// How far it came, as this leg shows it.
  private(set) var handshake = Handshake()
  /// The earliest sighting.
  private(set) var first: Instant
  /// The latest sighting.
  private(set) var last: Instant
  /// The interface of the earliest sighting; of several at once, the lowest.
  private(set) var interface: UInt32
  /// All interfaces that showed it.
  private(set) var interfaces = InterfaceSet()
  /// What was seen of the way from the client.
  private(set) var asked = Trail()
  /// What was seen of the way from the server.
  private(set) var replied = Trail()
  /// How many segments it has, further sightings of one not counted, up to 255.
  private(set) var segments: UInt8 = 0
  /// Both numbers of the latest segment.
  private var latest: UInt64?
  /// Tells this leg from others that had its place before.
  let serial: UInt64
  /// The place of another leg of the same connection; the last leads back to the first.
  var next: Int

  init(_ packet: Packet, _ segment: Segment, pair: SocketPair, serial: UInt64) {
    self.pair = pair
    self.serial = serial
    let source = pair.end(packet.source)
    client =
      segment.isSYN ? (segment.hasAcknowledgement ? source.other : source) : pair.lowerPort.other
    first = packet.instant
    last = packet.instant
    interface = packet.interface
    next = -1
  }

  /// What the client talks to on this leg.
  var server: Socket { pair[client.other] }

  /// The client as this leg shows it.
  var clientSocket: Socket { pair[client] }

  func isFromClient(_ packet: Packet) -> Bool { pair.end(packet.source) == client }

  mutating func note(_ packet: Packet, _ segment: Segment) {
    if segment.isSYN, segment.hasAcknowledgement, handshake.isMidstream, handshake.tier == nil,
      isFromClient(packet)
    {
      // The ports misled: whoever answers an opening is the server.
      client = client.other
      handshake = Handshake()
      swap(&asked, &replied)
    }
    let fromClient = isFromClient(packet)
    handshake.note(segment, fromClient: fromClient)
    if packet.instant < first || packet.instant == first && packet.interface < interface {
      first = packet.instant
      interface = packet.interface
    }
    last = max(last, packet.instant)
    interfaces.insert(packet.interface)
    if latest != segment.numbers {
      latest = segment.numbers
      if segments < .max { segments += 1 }
    }
    // Later segments may take another way, so only those that open count once an opening was seen.
    guard segment.isSYN || handshake.isMidstream else { return }
    if fromClient { asked.note(packet) } else { replied.note(packet) }
  }

  mutating func noteRefusal(_ refusal: Refusal) {
    guard pair.end(refusal.source) == client else { return }
    handshake.noteRefusal(of: refusal.sequence)
  }

  /// How long after its last packet the connection counts as over, in seconds.
  var patience: Int64 {
    if handshake.isClosed { return 30 }
    guard let tier = handshake.tier else { return 60 }
    // Linux's keep-alive speaks after two idle hours, then up to nine times 75 s apart (tcp(7)); a SYN is repeated after at most 64 s.
    return tier.isEstablished ? 7_200 + 10 * 75 : 120
  }
}

/// What one leg shows of packets that go one way.
struct Trail {
  /// The highest hop limit, which sank with each router before.
  private(set) var hops: UInt8?
  /// The first sighting.
  private(set) var first: Instant?

  mutating func note(_ packet: Packet) {
    hops = max(hops ?? 0, packet.hops)
    first = min(first ?? packet.instant, packet.instant)
  }
}
