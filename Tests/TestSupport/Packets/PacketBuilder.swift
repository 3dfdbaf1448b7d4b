public import Traffic

/// Packets for tests, from the IP header on, with the lengths and checksums that a real stack would give them.
public enum PacketBuilder {
  /// What the IP header says beside the addresses.
  public struct Envelope: Hashable, Sendable {
    /// The identification of IPv4; IPv6 has none.
    public var identification: UInt16
    /// How many routers it may still pass.
    public var hops: UInt8

    /// An envelope as a host sends it.
    public init(identification: UInt16 = 0, hops: UInt8 = 64) {
      self.identification = identification
      self.hops = hops
    }
  }

  /// An IP packet around a body of any protocol.
  public static func ip(
    from source: Address, to destination: Address, protocol number: UInt8, _ body: [UInt8],
    envelope: Envelope = Envelope()
  ) -> [UInt8] {
    var packet: [UInt8] = []
    guard source.isV4 else {
      packet.append(big: 0x6000_0000 as UInt32)
      packet.append(big: UInt16(body.count))
      packet += [number, envelope.hops]
      packet.append(source)
      packet.append(destination)
      return packet + body
    }
    packet += [0x45, 0]
    packet.append(big: UInt16(20 + body.count))
    packet.append(big: envelope.identification)
    packet.append(big: 0x4000 as UInt16)
    packet += [envelope.hops, number, 0, 0]
    packet.append(source)
    packet.append(destination)
    packet.put(Checksum.of(packet), at: 10)
    return packet + body
  }

  /// A TCP segment in its IP packet.
  public static func tcp(
    _ segment: TCPSegment, from source: Socket, to destination: Socket, envelope: Envelope = Envelope()
  ) -> [UInt8] {
    ip(
      from: source.address, to: destination.address, protocol: Transport.tcp.rawValue,
      segment.bytes(from: source, to: destination), envelope: envelope)
  }

  /// A UDP datagram in its IP packet.
  public static func udp(
    _ payload: [UInt8], from source: Socket, to destination: Socket, envelope: Envelope = Envelope()
  ) -> [UInt8] {
    var body: [UInt8] = []
    body.append(big: source.port)
    body.append(big: destination.port)
    body.append(big: UInt16(8 + payload.count))
    body.append(big: 0 as UInt16)
    body += payload
    let number = Transport.udp.rawValue
    let sum = Checksum.of(body, transport: number, from: source.address, to: destination.address)
    // Zero would say that there is no checksum (RFC 768).
    body.put(sum == 0 ? 0xFFFF : sum, at: 6)
    return ip(
      from: source.address, to: destination.address, protocol: number, body, envelope: envelope)
  }

  /// An SCTP packet in its IP packet.
  public static func sctp(
    _ packet: SCTPPacket, from source: Socket, to destination: Socket, envelope: Envelope = Envelope()
  ) -> [UInt8] {
    ip(
      from: source.address, to: destination.address, protocol: Transport.sctp.rawValue,
      packet.bytes(from: source, to: destination), envelope: envelope)
  }

  /// The ICMP error "port unreachable" that answers a packet (RFC 792, RFC 4443 §3.1).
  public static func unreachable(
    quoting packet: [UInt8], from source: Address, to destination: Address, envelope: Envelope = Envelope()
  ) -> [UInt8] {
    let isV4 = source.isV4
    let number: UInt8 = isV4 ? 1 : 58
    var body: [UInt8] = isV4 ? [3, 3, 0, 0, 0, 0, 0, 0] : [1, 4, 0, 0, 0, 0, 0, 0]
    body += packet.prefix(isV4 ? 28 : 48)
    let sum =
      isV4 ? Checksum.of(body) : Checksum.of(body, transport: number, from: source, to: destination)
    body.put(sum, at: 2)
    return ip(from: source, to: destination, protocol: number, body, envelope: envelope)
  }
}
