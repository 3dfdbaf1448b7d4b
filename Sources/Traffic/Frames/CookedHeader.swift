/// Linux cooked capture: https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html and LINKTYPE_LINUX_SLL2.html.
extension LinkHeader {
  /// Packet type, hardware type, address length, address, protocol.
  static func cooked(_ frame: RawSpan) throws(Passed) -> LinkHeader {
    guard frame.byteCount >= 16 else { throw .cut }
    let packetType = UInt8(truncatingIfNeeded: frame.number16(0))
    let offset = try cookedNetwork(
      frame, etherType: frame.number16(14), at: 16, hardware: frame.number16(2), packetType: packetType)
    return LinkHeader(offset: offset, hasArrived: packetType != outgoing)
  }

  /// Protocol, nothing, interface index, hardware type, packet type, address length, address.
  @inline(__always)
  static func cooked2(_ frame: RawSpan) throws(Passed) -> LinkHeader {
    guard frame.byteCount >= 20 else { throw .cut }
    let offset = try cookedNetwork(
      frame, etherType: frame.number16(0), at: 20,
      hardware: frame.number16(8), packetType: frame.byte(10))
    return LinkHeader(
      offset: offset, interface: frame.number32(4), hasArrived: frame.byte(10) != outgoing)
  }

  @inline(__always)
  private static func cookedNetwork(
    _ frame: RawSpan, etherType: UInt16, at offset: Int, hardware: UInt16, packetType: UInt8
  ) throws(Passed) -> Int {
    // For netlink the protocol field is a netlink family, not an EtherType.
    guard hardware != netlink else { throw .otherProtocol }
    // Small numbers are Linux's own: ETH_P_802_3 and ETH_P_802_2 say that no EtherType was there.
    guard etherType != 1, etherType != 4 else { throw .llc }
    guard etherType > 1500 else { throw .otherProtocol }
    let offset = try network(frame, etherType: etherType, at: offset)
    guard hardware != loopback else { throw .loopback }
    guard packetType != broadcast else { throw .multicast }
    return offset
  }

  /// ARPHRD_LOOPBACK: what the device `any` says of `lo`.
  private static let loopback: UInt16 = 772
  /// ARPHRD_NETLINK.
  private static let netlink: UInt16 = 824
  /// PACKET_BROADCAST.
  private static let broadcast: UInt8 = 1
  /// PACKET_OUTGOING.
  private static let outgoing: UInt8 = 4
}
