/// What a packet says, without addresses and ports.
enum Message {
  case segment(flags: UInt8, sequence: UInt32, acknowledgement: UInt32, count: Int = 0)
  /// A datagram with these bytes.
  case datagram([UInt8])
  /// A datagram with so many bytes of no meaning.
  case noise(count: Int)
  case echo(isReply: Bool)
  /// An SCTP packet with one chunk.
  case chunk(UInt8, tag: UInt32, own: UInt32)

  /// The protocol's number in the IP header.
  func number(isV4: Bool) -> UInt8 {
    switch self {
    case .segment: 6
    case .datagram, .noise: 17
    case .echo: isV4 ? 1 : 58
    case .chunk: 132
    }
  }
}

/// One sighting of a packet.
struct Passing {
  var source: Place
  var destination: Place
  var interface: UInt32
  /// How many routers it may still pass.
  var hops: UInt8
  var identification: UInt16
  var isTagged = false
  /// Whether this machine sends it on.
  var isOutgoing = false
}
