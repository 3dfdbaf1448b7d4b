public import Traffic

/// How a packet travels between two hosts inside another packet.
public enum Carrier: Hashable, Sendable, CaseIterable {
  /// VXLAN at its registered port (RFC 7348).
  case vxlan
  /// VXLAN at the port that Linux first had, with a group in its header as network policies put there.
  case vxlanWithGroup
  /// Geneve around Ethernet, with an option (RFC 8926).
  case geneve
  /// Geneve around IP.
  case geneveIP
  /// IP in IP at once, whichever versions (RFC 2003, RFC 2473, RFC 4213).
  case ip
  /// GRE around IP, with a key (RFC 2784, RFC 2890).
  case gre
  /// GRE around Ethernet.
  case greEthernet

  /// The packet that carries a packet from one host to another; VXLAN and Geneve go to `port` where one is given.
  public func carry(
    _ packet: [UInt8], from source: Address, to destination: Address,
    envelope: PacketBuilder.Envelope = .init(), port: UInt16? = nil
  ) -> [UInt8] {
    let isV4 = packet.first.map { $0 >> 4 == 4 } == true
    let kind: LinkHeader.Content = isV4 ? .ipv4 : .ipv6
    let ethernet =
      LinkHeader(source: HardwareAddress(bits: 0x0202), destination: HardwareAddress(bits: 0x0203))
      .frame(kind, packet, as: .ethernet) ?? []
    func datagram(_ usual: UInt16, _ header: [UInt8], _ content: [UInt8]) -> [UInt8] {
      // Who carries takes a source port from what it carries, so that links are shared evenly.
      PacketBuilder.udp(
        header + content, from: Socket(source, 49_152 + UInt16(packet.count & 0xFF)),
        to: Socket(destination, port ?? usual),
        envelope: envelope)
    }
    func carried(_ number: UInt8, _ body: [UInt8]) -> [UInt8] {
      PacketBuilder.ip(from: source, to: destination, protocol: number, body, envelope: envelope)
    }
    let etherType: [UInt8] = isV4 ? [0x08, 0x00] : [0x86, 0xDD]
    switch self {
    case .vxlan: return datagram(4789, [0x08, 0, 0, 0, 0, 0, 1, 0], ethernet)
    case .vxlanWithGroup: return datagram(8472, [0x88, 0, 0x12, 0x34, 0, 0, 1, 0], ethernet)
    case .geneve:
      let option: [UInt8] = [0x01, 0x02, 0x80, 1, 0, 0, 0, 9]
      return datagram(6081, [0x02, 0x40, 0x65, 0x58, 0, 0, 1, 0] + option, ethernet)
    case .geneveIP: return datagram(6081, [0, 0] + etherType + [0, 0, 1, 0], packet)
    case .ip: return carried(isV4 ? 4 : 41, packet)
    case .gre: return carried(47, [0x20, 0] + etherType + [0, 0, 0, 1] + packet)
    case .greEthernet: return carried(47, [0, 0, 0x65, 0x58] + ethernet)
    }
  }
}
