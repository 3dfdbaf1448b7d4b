/// What the tables of conversations need of one packet that one interface showed.
struct Sighting: BitwiseCopyable {
  /// The two ends.
  let pair: SocketPair
  /// The index of the interface that showed it.
  let interface: UInt32
  /// When it was seen.
  let instant: Instant
  /// The hash that its table finds the pair by.
  let hash: UInt64
  /// One more than the place in its table where the pair was when the packet was asked for; 0 where it was nowhere.
  var expected: UInt32 = 0
  /// What tells it from the sender's other packets; 0 where the sender gave none.
  let identification: UInt16
  /// Who sent it and whether it came in, in one byte: a sighting is a line of memory.
  private let way: UInt8
  /// How many more routers could have passed it on, at least 1: with nothing left nobody would have.
  let hops: UInt8

  @inline(__always)
  init(_ packet: Packet, _ frame: RawSpan, seed: HashSeed) {
    let header = packet.header
    // All three transports begin with their ports, and their decoders have seen eight bytes of header.
    let ports = frame.number32(header.offset)
    self.init(
      from: Socket(header.source, UInt16(truncatingIfNeeded: ports >> 16)),
      to: Socket(header.destination, UInt16(truncatingIfNeeded: ports)),
      at: packet.instant, interface: packet.interface, hops: header.hops,
      hasArrived: packet.hasArrived, identification: header.identification, seed: seed)
  }

  /// What an ICMP error quotes, as if it had been seen when the error was.
  init(_ refusal: Refusal, in packet: Packet, seed: HashSeed) {
    self.init(
      from: refusal.source, to: refusal.destination, at: packet.instant, interface: packet.interface,
      hops: packet.header.hops, hasArrived: false, identification: 0, seed: seed)
  }

  @inline(__always)
  private init(
    from source: Socket, to destination: Socket, at instant: Instant, interface: UInt32, hops: UInt8,
    hasArrived: Bool, identification: UInt16, seed: HashSeed
  ) {
    let isOrdered = SocketPair.areOrdered(source, destination)
    pair = SocketPair(source, destination, isOrdered: isOrdered)
    way = (isOrdered ? 0 : Self.fromHigh) | (hasArrived ? Self.inwards : 0)
    hash = pair.hash(seed)
    self.instant = instant
    self.interface = interface
    self.hops = max(1, hops)
    self.identification = identification
  }

  /// What stands in no place of a table was not seen.
  static let none = Sighting(
    from: Socket(Address(bits: 0), 0), to: Socket(Address(bits: 0), 0), at: .distantPast, interface: 0,
    hops: 0, hasArrived: false, identification: 0, seed: HashSeed(0))

  private static var fromHigh: UInt8 { 1 }
  private static var inwards: UInt8 { 2 }

  /// Which of the ends sent it.
  @inline(__always)
  var sender: SocketPair.End { way & Self.fromHigh == 0 ? .low : .high }

  /// Whether it is known to have come in by the interface, which has a name.
  var hasArrived: Bool { way & Self.inwards != 0 && interface != 0 }

  /// Whether DNS may be what it says.
  @inline(__always)
  var concernsDNS: Bool { pair.lowPort == DNS.port || pair.highPort == DNS.port }

  /// Who sent it.
  var source: Socket { pair[sender] }

  /// Who was to get it.
  var destination: Socket { pair[sender.other] }
}
