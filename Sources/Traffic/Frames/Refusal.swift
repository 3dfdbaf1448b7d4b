/// An ICMP error that says of one packet that nobody will have it.
struct Refusal {
  /// The sender of the refused packet.
  var source: Socket
  /// Where it was to go.
  var destination: Socket
  /// Its transport.
  var transport: Transport
  /// Its sequence number, for TCP; its verification tag, for SCTP; otherwise 0.
  var sequence: UInt32

  /// The refusal in the ICMP message that `receiver` got; passes every other message.
  @inline(never)
  init(
    _ frame: RawSpan, _ place: IPHeader.Payload, inside kind: UInt8, to receiver: Address
  ) throws(Passed) {
    let offset = place.offset
    let end = min(place.end, frame.byteCount)
    guard end >= offset + 8 else { throw .icmp }
    let (type, code) = (frame.byte(offset), frame.byte(offset + 1))
    guard kind == Self.version6 ? Self.refuses6(type, code) : Self.refuses4(type, code),
      let quoted = try? IPHeader(frame, at: offset + 8, wireLength: place.end),
      // An error goes back to the sender of what it quotes; anything else is forged.
      quoted.source == receiver,
      !quoted.isLaterFragment,
      let transport = Transport(rawValue: quoted.inside),
      // Eight bytes behind the header are what RFC 792 asks for; a datagram is known by its ports alone.
      end >= quoted.offset + (transport == .udp ? 4 : 8)
    else { throw .icmp }
    source = Socket(quoted.source, frame.number16(quoted.offset))
    destination = Socket(quoted.destination, frame.number16(quoted.offset + 2))
    sequence = transport == .udp ? 0 : frame.number32(quoted.offset + 4)
    self.transport = transport
  }

  /// Destination unreachable (RFC 792, RFC 1812 §5.2.7.1), where somebody will not have it or nobody is there.
  ///
  /// Not so for packets too large, for a route that the sender asked for, and for what depends on the type of service:
  /// the next packet may pass.
  private static func refuses4(_ type: UInt8, _ code: UInt8) -> Bool {
    guard type == 3 else { return false }
    switch code {
    // Network, host, protocol, port; network and host unknown; network, host and communication prohibited.
    case 0, 1, 2, 3, 6, 7, 9, 10, 13: return true
    default: return false
    }
  }

  /// Destination unreachable, but for faults in a routing header (RFC 4443 §3.1, RFC 6554 §5); and the answer of a host that
  /// does not know the transport (RFC 4443 §3.4).
  private static func refuses6(_ type: UInt8, _ code: UInt8) -> Bool {
    type == 1 && code <= 6 || type == 4 && code == 1
  }

  static let version4: UInt8 = 1
  static let version6: UInt8 = 58
}
