/// What matters of an IP header, whichever version.
struct IPHeader {
  /// Who sent it.
  var source: Address
  /// Who is to get it.
  var destination: Address
  /// The number of the protocol inside, behind all extension headers.
  var inside: UInt8
  /// Where that protocol's header begins.
  var offset: Int
  /// Where the packet ends by its own account, which a snap length does not change.
  var end: Int
  /// How many more routers may pass it on: it tells which of two sightings is nearer to the sender.
  var hops: UInt8
  /// What tells this packet from the sender's others; 0 where the sender gave none.
  var identification: UInt16
  /// Whether the packet is a piece that doesn't begin with the inner header.
  var isLaterFragment: Bool
  /// Whether it never leaves its host.
  var isLocal: Bool
  /// Whether many receive it: multicast, or the broadcast of RFC 919.
  var isForMany: Bool

  /// The header at `offset` of a frame that was `wireLength` bytes long before it was cut.
  @inline(__always)
  init(_ frame: RawSpan, at offset: Int, wireLength: Int) throws(Passed) {
    guard frame.byteCount > offset else { throw .cut }
    switch frame.byte(offset) >> 4 {
    case 4: self = try Self.version4(frame, at: offset, wireLength: wireLength)
    case 6: self = try Self.version6(frame, at: offset, wireLength: wireLength)
    default: throw .malformed
    }
  }

  @inline(__always)
  init(
    source: Address, destination: Address, inside: UInt8, offset: Int, end: Int, hops: UInt8,
    identification: UInt16, isLaterFragment: Bool, isLocal: Bool, isForMany: Bool
  ) {
    self.source = source
    self.destination = destination
    self.inside = inside
    self.offset = offset
    self.end = end
    self.hops = hops
    self.identification = identification
    self.isLaterFragment = isLaterFragment
    self.isLocal = isLocal
    self.isForMany = isForMany
  }

  /// Who wants which multicast: always sent to a group, and counted apart from what groups are sent.
  static let igmp: UInt8 = 2
}
