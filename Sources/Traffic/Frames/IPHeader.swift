/// What matters of an IP header, whichever version.
struct IPHeader {
  /// Who sent it.
  var source = Address(bits: 0)
  /// Who is to get it.
  var destination = Address(bits: 0)
  /// The number of the protocol inside, behind all extension headers.
  var inside: UInt8 = 0
  /// Where that protocol's header begins.
  var offset = 0
  /// Where the packet ends by its own account, which a snap length does not change.
  var end = 0
  /// How many more routers may pass it on: it tells which of two sightings is nearer to the sender.
  var hops: UInt8 = 0
  /// What tells this packet from the sender's others; 0 where the sender gave none.
  var identification: UInt16 = 0
  /// What few packets are, so that one look tells that this one is as most.
  var oddities: Oddities = []

  struct Oddities: OptionSet {
    let rawValue: UInt8

    /// The packet is a piece that doesn't begin with the inner header.
    static let laterFragment = Oddities(rawValue: 1 << 0)
    /// It never leaves its host.
    static let local = Oddities(rawValue: 1 << 1)
    /// Many receive it: multicast, or the broadcast of RFC 919.
    static let forMany = Oddities(rawValue: 1 << 2)
    /// Nobody can have sent it or get it: the unspecified address (RFC 1122 §3.2.1.3, RFC 4291 §2.5.2), or one of many
    /// as the sender's.
    static let impossible = Oddities(rawValue: 1 << 3)
  }

  /// Whether the packet is a piece that doesn't begin with the inner header.
  var isLaterFragment: Bool { oddities.contains(.laterFragment) }

  /// Whether it never leaves its host.
  var isLocal: Bool { oddities.contains(.local) }

  /// Where what the packet carries lies, by the packet's own account.
  @inline(__always)
  var payload: Payload { Payload(offset: offset, end: end) }

  /// The part of a frame that a header leaves for what stands behind it.
  struct Payload {
    let offset: Int
    let end: Int
  }

  /// None yet.
  @inline(__always)
  init() {}

  /// The header at `offset` of a frame that was `wireLength` bytes long before it was cut.
  init(_ frame: RawSpan, at offset: Int, wireLength: Int) throws(Passed) {
    try read(frame, at: offset, wireLength: wireLength)
  }

  /// Becomes the header at `offset` of a frame that was `wireLength` bytes long before it was cut.
  ///
  /// In place: who returned so many fields would have them copied from function to function, packet by packet.
  @inline(__always)
  mutating func read(_ frame: RawSpan, at offset: Int, wireLength: Int) throws(Passed) {
    guard frame.byteCount > offset else { throw .cut }
    switch frame.byte(offset) >> 4 {
    case 4: try readVersion4(frame, at: offset, wireLength: wireLength)
    case 6: try readVersion6(frame, at: offset, wireLength: wireLength)
    default: throw .malformed
    }
  }

  /// Who wants which multicast: always sent to a group, and counted apart from what groups are sent.
  static let igmp: UInt8 = 2
}
