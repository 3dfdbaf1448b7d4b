/// UDP between one pair of ends.
///
/// Nothing in a datagram tells a repetition from a second sighting, so datagrams are not counted; what counts is the
/// exchange. One that was answered lasts until it falls silent. While nobody answers, each minute of sending is one, so
/// that what a single socket sends for days is seen to repeat. It takes 64 bytes, one line of memory.
struct Exchange: Slotted {
  private struct Marks: OptionSet, BitwiseCopyable {
    let rawValue: UInt8

    static let asked = Marks(rawValue: 1)
    static let replied = Marks(rawValue: 2)
    static let refused = Marks(rawValue: 4)
    static let masqueraded = Marks(rawValue: 8)
    static let undirected = Marks(rawValue: 16)
    /// What the client sent is known to have come in by `interface` before it was seen anywhere else.
    static let entered = Marks(rawValue: 32)
    /// It came in by another at the same moment.
    static let enteredTwice = Marks(rawValue: 64)
    /// What was seen first may have been seen before, elsewhere.
    static let unsure = Marks(rawValue: 128)
  }

  /// The two ends.
  let pair: SocketPair
  /// Tells this exchange from others that had its place before.
  var serial: UInt32
  /// The earliest sighting.
  private(set) var first: Instant
  /// The latest sighting.
  private(set) var last: Instant
  /// The interface of the earliest sighting; of several at once, one that it came in by, and then the lowest.
  private(set) var interface: UInt32
  /// Who sent first, but for DNS, where an answer tells itself.
  let client: SocketPair.End
  /// The highest hop limit of what the client sent; 0 where nothing was seen.
  private(set) var hops: UInt8 = 0
  private var marks: Marks = []

  /// An exchange that is seen for the first time.
  ///
  /// `mayAnswer` says that the datagram may be an answer of DNS, and `mayBeUnderWay` that the exchange may have begun
  /// unseen. `isFresh` says that no other sighting of it can have been missed.
  init(_ sighting: Sighting, mayAnswer: Bool, mayBeUnderWay: Bool, isFresh: Bool) {
    pair = sighting.pair
    serial = 0
    first = sighting.instant
    last = sighting.instant
    interface = sighting.interface
    client = Self.client(sighting, mayAnswer: mayAnswer || mayBeUnderWay)
    let (from, to) = (pair[client].port, pair[client.other].port)
    if Self.looksLikeReply(from, to) || mayBeUnderWay && !Self.portsTell(from, to) {
      marks.insert(.undirected)
    }
    if !isFresh { marks.insert(.unsure) }
  }

  /// Who asks, in an exchange that is seen for the first time.
  ///
  /// Anybody can send from port 53; a resolver is who answers from there.
  static func client(_ sighting: Sighting, mayAnswer: Bool) -> SocketPair.End {
    let isServerFirst =
      mayAnswer && sighting.source.port == DNS.port && sighting.destination.port != DNS.port
    return isServerFirst ? sighting.sender.other : sighting.sender
  }

  /// Whether the ports alone tell who asked: DNS, or from a port that Linux gives to clients to one that it gives to
  /// nobody.
  private static func portsTell(_ from: UInt16, _ to: UInt16) -> Bool {
    from != DNS.port && to == DNS.port || to < firstGivenPort && firstGivenPort <= from
  }

  /// Whether it is more likely an answer: from a port that Linux gives to nobody to one that it gives to clients.
  ///
  /// The request may have been lost, or stand behind it in the file, at any time.
  private static func looksLikeReply(_ from: UInt16, _ to: UInt16) -> Bool {
    from < firstGivenPort && firstGivenPort <= to
  }

  var key: SocketPair { pair }

  /// Who asked.
  var clientSocket: Socket { pair[client] }

  /// Who was asked.
  var server: Socket { pair[client.other] }

  /// How it is known who asked.
  var direction: Direction {
    if isMasqueraded { return .seenAgain }
    return isUndirected ? .unknown : .firstSender
  }

  /// Whether declared ports must tell who asked.
  var isUndirected: Bool { marks.contains(.undirected) }

  /// Whether it may be another exchange behind a masquerade: then the client is not who it seems.
  var isMasqueraded: Bool { marks.contains(.masqueraded) }

  /// Whether it is more likely an answer by its ports: then who sent it may be behind a Service, and not a client.
  var looksLikeReply: Bool { Self.looksLikeReply(clientSocket.port, server.port) }

  /// How far it came; nil for replies to what nobody was seen sending.
  var tier: Tier? {
    guard marks.contains(.asked) else { return nil }
    if marks.contains(.replied) { return .replied }
    return marks.contains(.refused) ? .refused : .oneWay
  }

  func isOver(at instant: Instant) -> Bool {
    // Whether what is behind a masquerade was answered may be known of the exchange before it alone.
    isOver(at: instant, unlessAnyOf: [.replied, .masqueraded])
  }

  /// Whether it would be over by what was seen of it alone.
  func isOverAlone(at instant: Instant) -> Bool { isOver(at: instant, unlessAnyOf: .replied) }

  private func isOver(at instant: Instant, unlessAnyOf keeping: Marks) -> Bool {
    // Of DNS there is much, and its direction need not be remembered.
    let isKept = !marks.isDisjoint(with: keeping) && server.port != DNS.port
    return last.advanced(bySeconds: isKept ? Self.patience : Self.minute) < instant
  }

  /// Whether a datagram begins the next minute of sending to somebody who does not answer.
  func isOutlived(by sighting: Sighting) -> Bool {
    !marks.contains(.replied) && sighting.sender == client
      && first.advanced(bySeconds: Self.minute) <= sighting.instant
  }

  /// Whether nobody answered, and every further sighting of its latest datagram has come.
  func canLeave(at instant: Instant) -> Bool {
    !marks.contains(.replied) && last.advanced(bySeconds: Ties.window) < instant
  }

  mutating func note(_ sighting: Sighting) {
    if sighting.sender == client {
      marks.insert(.asked)
      hops = max(hops, sighting.hops)
    } else {
      marks.insert(.replied)
    }
    if sighting.instant <= first { noteBeginning(sighting) }
    last = max(last, sighting.instant)
  }

  /// Takes note of what was seen no later than anything else.
  private mutating func noteBeginning(_ sighting: Sighting) {
    if sighting.instant < first {
      marks.subtract([.entered, .enteredTwice])
      first = sighting.instant
      interface = sighting.interface
    }
    switch (sighting.hasArrived && sighting.sender == client, marks.contains(.entered)) {
    case (true, false):
      marks.insert(.entered)
      interface = sighting.interface
    case (true, true):
      if sighting.interface != interface { marks.insert(.enteredTwice) }
      interface = min(interface, sighting.interface)
    case (false, true): break
    case (false, false): interface = min(interface, sighting.interface)
    }
  }

  /// Becomes the exchange of the next minute, of which nothing was seen yet.
  mutating func renew(with sighting: Sighting) {
    let isFresh = isFresh(sighting)
    marks.subtract([.asked, .refused, .entered, .enteredTwice, .unsure])
    if !isFresh { marks.insert(.unsure) }
    first = sighting.instant
    last = sighting.instant
    interface = sighting.interface
  }

  /// Whether this is the first sighting of a datagram, and not one more of the minute before: because it comes long after,
  /// or where those came in too.
  ///
  /// Who passes a datagram on leaves it fewer hops. So once it was missed where they came in, none of those counts that
  /// have fewer left than any before.
  private func isFresh(_ sighting: Sighting) -> Bool {
    if last.advanced(bySeconds: Ties.window) < sighting.instant { return true }
    return isEntered && sighting.interface == interface
      && (!marks.contains(.unsure) || sighting.hops >= hops)
  }

  private var isEntered: Bool { marks.contains(.entered) && !marks.contains(.enteredTwice) }

  /// The interface by which what the client sent came in, before it was seen anywhere else; nil where that is not known.
  var entrance: UInt32? { isEntered && !marks.contains(.unsure) ? interface : nil }

  /// Begins when another sighting of it, under other ends, did.
  mutating func takeBeginning(of other: Exchange) {
    guard
      other.first < first || other.first == first && !marks.contains(.entered) && other.interface < interface
    else { return }
    marks.subtract([.entered, .enteredTwice])
    first = other.first
    interface = other.interface
  }

  /// Came as far as another sighting of it, under other ends, did.
  mutating func takeOutcome(of other: Exchange) {
    marks.formUnion(other.marks.intersection([.replied, .refused]))
    last = max(last, other.last)
  }

  mutating func noteRefusal(from sender: SocketPair.End) {
    if sender == client { marks.insert(.refused) }
  }

  mutating func noteMasquerade() { marks.insert(.masqueraded) }

  /// Seconds of silence after which Linux forgets who asked in an answered exchange (nf_conntrack_udp_timeout_stream).
  static let patience: Int64 = 120

  /// Seconds of sending without an answer that count as one exchange, and of silence that end it.
  private static let minute: Int64 = 60

  /// The ports from here on are those that Linux gives to who asks for none (ip_local_port_range).
  private static let firstGivenPort: UInt16 = 32_768

  static let vacant = Exchange(.none, mayAnswer: false, mayBeUnderWay: false, isFresh: false)
}
