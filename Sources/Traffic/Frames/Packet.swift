/// One sighting of a packet that may belong to a conversation.
struct Packet {
  /// When it was seen.
  var instant: Instant
  /// The index of the interface that showed it.
  var interface: UInt32
  /// How many more routers could have passed it on.
  var hops: UInt8
  /// What tells it from the sender's other packets; 0 where the sender gave none.
  var identification: UInt16
  /// Who sent it.
  var source: Socket
  /// Who was to get it.
  var destination: Socket
  /// What it says.
  var content: Content

  enum Content {
    case segment(Segment)
    case datagram(Datagram)
    case chunks(Chunks)
    case refusal(Refusal)
  }

  /// The packet in a frame that was `wireLength` bytes long before it was cut, or why there is none.
  init(
    _ frame: RawSpan, link: LinkType, instant: Instant, interface: UInt32, wireLength: Int
  ) throws(Passed) {
    let linkHeader = try LinkHeader(frame, link: link)
    let header = try IPHeader(frame, at: linkHeader.offset, wireLength: wireLength)
    guard !header.source.isLoopback, !header.destination.isLoopback else { throw .loopback }
    guard header.inside != IPHeader.igmp else { throw .igmp }
    guard !header.destination.isMulticast else { throw .multicast }
    guard !header.isLaterFragment else { throw .fragment }
    switch header.inside {
    case Transport.tcp.rawValue: content = .segment(try Segment(frame, header))
    case Transport.udp.rawValue: content = .datagram(try Datagram(frame, header))
    case Transport.sctp.rawValue: content = .chunks(try Chunks(frame, header))
    case Refusal.version4, Refusal.version6: content = .refusal(try Refusal(frame, header))
    default: throw Passed(ipProtocol: header.inside)
    }
    self.instant = instant
    self.interface = linkHeader.interface ?? interface
    hops = header.hops
    identification = header.identification
    if case .refusal = content {
      source = Socket(header.source, 0)
      destination = Socket(header.destination, 0)
    } else {
      // All three transports begin with their ports, and their decoders have seen eight bytes of header.
      source = Socket(header.source, frame.number16(header.offset))
      destination = Socket(header.destination, frame.number16(header.offset + 2))
    }
  }
}
