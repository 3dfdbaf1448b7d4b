/// An ICMP error that says of one packet that nobody will have it.
struct Refusal {
  /// The sender of the refused packet.
  var source: Socket
  /// Where it was to go.
  var destination: Socket
  /// Its transport.
  var transport: Transport
  /// Its sequence number, for TCP; its verification tag, for SCTP.
  var sequence: UInt32

  /// The refusal in the ICMP message behind `header`; passes every other message.
  init(_ frame: RawSpan, _ header: IPHeader) throws(Passed) {
    let offset = header.offset
    guard header.end >= offset + 8, frame.byteCount >= offset + 8,
      Self.isUnreachable(
        type: frame.byte(offset), code: frame.byte(offset + 1), isVersion6: header.inside == Self.version6)
    else { throw .icmp }
    guard let quoted = try? IPHeader(frame, at: offset + 8, wireLength: frame.byteCount),
      // An error goes back to the sender of what it quotes; anything else is forged.
      quoted.source == header.destination,
      !quoted.isLaterFragment, frame.byteCount >= quoted.offset + 8,
      let transport = Transport(rawValue: quoted.inside)
    else { throw .icmp }
    source = Socket(quoted.source, frame.number16(quoted.offset))
    destination = Socket(quoted.destination, frame.number16(quoted.offset + 2))
    sequence = frame.number32(quoted.offset + 4)
    self.transport = transport
  }

  /// RFC 792 and RFC 4443 §3.1: destination unreachable, but for "fragmentation needed", which refuses nobody.
  private static func isUnreachable(type: UInt8, code: UInt8, isVersion6: Bool) -> Bool {
    isVersion6 ? type == 1 : type == 3 && code != 4
  }

  static let version4: UInt8 = 1
  static let version6: UInt8 = 58
}
