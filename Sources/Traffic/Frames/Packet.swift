/// One sighting of a packet that may belong to a conversation.
struct Packet {
  /// When it was seen.
  let instant: Instant
  /// The index of the interface that showed it.
  private(set) var interface: UInt32
  /// Whether it came in by that interface, as far as somebody says.
  private(set) var hasArrived: Bool
  /// Whether another packet carried it.
  private(set) var isCarried = false
  /// The innermost header: its ends, and the hops that it itself has left.
  private(set) var header = IPHeader()

  enum Content {
    case segment(Segment)
    case datagram(Datagram)
    case chunks(Chunks)
    case refusal(Refusal)
  }

  /// A packet that is to be read.
  @inline(__always)
  init(at instant: Instant, interface: UInt32, hasArrived: Bool = false) {
    self.instant = instant
    self.interface = interface
    self.hasArrived = hasArrived
  }

  /// Becomes the packet in a frame that was `wireLength` bytes long before it was cut; throws why there is none.
  mutating func read(
    _ frame: RawSpan, link: LinkType, wireLength: Int, overlays: OverlayPorts = .usual
  ) throws(Passed) {
    let offset = try begin(frame, link: link, wireLength: wireLength)
    try read(frame, at: offset, wireLength: wireLength, overlays: overlays)
  }

  /// Becomes the outermost packet in a frame; tells where it begins.
  @inline(__always)
  mutating func begin(_ frame: RawSpan, link: LinkType, wireLength: Int) throws(Passed) -> Int {
    let linkHeader = try LinkHeader(frame, link: link)
    if let named = linkHeader.interface { interface = named }
    hasArrived = linkHeader.hasArrived
    try header.read(frame, at: linkHeader.offset, wireLength: wireLength)
    return linkHeader.offset
  }

  /// Becomes the innermost packet of the one that begins at a place of a frame.
  mutating func read(
    _ frame: RawSpan, at offset: Int, wireLength: Int, overlays: OverlayPorts
  ) throws(Passed) {
    try header.read(frame, at: offset, wireLength: wireLength)
    guard !header.isLocal else { throw .loopback }
    if Overlay.mayFollow(header, frame, ports: overlays) {
      isCarried = try Overlay.unwrap(&header, frame, ports: overlays)
    }
  }

  /// Whether it is what most packets are: a TCP segment, with nothing odd about its ends.
  @inline(__always)
  var isSegment: Bool { header.inside == Transport.tcp.rawValue && header.oddities.isEmpty }

  /// The segment that a packet is.
  @inline(__always)
  func segment(_ frame: RawSpan) throws(Passed) -> Segment {
    let segment = try Segment(frame, header.payload)
    guard hasPorts(frame) else { throw .impossibleEnds }
    return segment
  }

  /// What the packet says, or why it says nothing.
  func content(_ frame: RawSpan) throws(Passed) -> Content {
    guard header.inside != IPHeader.igmp else { throw .igmp }
    // Who has no address yet asks all for one (RFC 2131 §4.1, RFC 4862 §5.4.2): that is no forgery.
    guard !header.oddities.contains(.forMany) else { throw .multicast }
    guard !header.oddities.contains(.impossible) else { throw .impossibleEnds }
    guard !header.isLaterFragment else { throw .fragment }
    do throws(Passed) {
      switch header.inside {
      case Transport.tcp.rawValue: return .segment(try segment(frame))
      case Transport.udp.rawValue:
        let datagram = try Datagram(frame, header.payload)
        // Who wants no answer may leave out the own port (RFC 768).
        guard frame.number16(header.offset + 2) != 0 else { throw .impossibleEnds }
        return .datagram(datagram)
      case Transport.sctp.rawValue:
        let chunks = try Chunks(frame, header.payload)
        guard hasPorts(frame) else { throw .impossibleEnds }
        return .chunks(chunks)
      case Refusal.version4, Refusal.version6:
        return .refusal(
          try Refusal(frame, header.payload, inside: header.inside, to: header.destination))
      default: throw Passed(ipProtocol: header.inside)
      }
    } catch {
      throw isCarried ? error.insideOverlay : error
    }
  }

  /// Whether neither port is 0, which nobody can bind (RFC 6335 §6) and no policy can name; both lie in the frame.
  @inline(__always)
  private func hasPorts(_ frame: RawSpan) -> Bool {
    frame.number16(header.offset) != 0 && frame.number16(header.offset + 2) != 0
  }
}
