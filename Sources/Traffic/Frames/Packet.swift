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
  ///
  /// Of a packet that travels in an overlay it is the innermost: its ends, and the hops that it itself has left.
  init(
    _ frame: RawSpan, link: LinkType, instant: Instant, interface: UInt32, wireLength: Int,
    overlays: OverlayPorts = .usual
  ) throws(Passed) {
    let linkHeader = try LinkHeader(frame, link: link)
    var header = try IPHeader(frame, at: linkHeader.offset, wireLength: wireLength)
    guard !header.isLocal else { throw .loopback }
    let isInside =
      Overlay.mayFollow(header, frame, ports: overlays)
      ? try Overlay.unwrap(&header, frame, ports: overlays) : false
    do throws(Passed) {
      content = try Content(frame, header)
    } catch {
      throw isInside ? error.insideOverlay : error
    }
    self.instant = instant
    self.interface = linkHeader.interface ?? interface
    hops = header.hops
    identification = header.identification
    // All three transports begin with their ports, and their decoders have seen eight bytes of header.
    let hasPorts = content.hasPorts
    source = Socket(header.source, hasPorts ? frame.number16(header.offset) : 0)
    destination = Socket(header.destination, hasPorts ? frame.number16(header.offset + 2) : 0)
  }
}

extension Packet.Content {
  /// What the packet with this header says, or why it says nothing.
  @inline(__always)
  fileprivate init(_ frame: RawSpan, _ header: IPHeader) throws(Passed) {
    guard header.inside != IPHeader.igmp else { throw .igmp }
    guard !header.isForMany else { throw .multicast }
    guard !header.isLaterFragment else { throw .fragment }
    switch header.inside {
    case Transport.tcp.rawValue: self = .segment(try Segment(frame, header))
    case Transport.udp.rawValue: self = .datagram(try Datagram(frame, header))
    case Transport.sctp.rawValue: self = .chunks(try Chunks(frame, header))
    case Refusal.version4, Refusal.version6: self = .refusal(try Refusal(frame, header))
    default: throw Passed(ipProtocol: header.inside)
    }
  }

  /// Whether it is a transport's own, and not about another packet.
  @inline(__always)
  fileprivate var hasPorts: Bool {
    if case .refusal = self { return false }
    return true
  }
}
