public import Traffic

/// The six bytes that name a network card.
public struct HardwareAddress: Hashable, Sendable {
  /// The address as a number.
  public let bits: UInt64

  /// The address with these 48 bits.
  public init(bits: UInt64) {
    self.bits = bits & 0xFFFF_FFFF_FFFF
  }

  /// The address that the usual network plugins derive from an IPv4 address: `0a:58` and its four bytes.
  public init(of address: Address) {
    self.init(bits: 0x0A58_0000_0000 | UInt64(address.v4Bits ?? 0))
  }

  /// No address.
  public static let zero = HardwareAddress(bits: 0)
  /// Everybody.
  public static let broadcast = HardwareAddress(bits: .max)

  var bytes: [UInt8] {
    stride(from: 40, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> UInt64($0)) }
  }
}

/// How a frame passed an interface.
public struct LinkHeader: Hashable, Sendable {
  /// Which way a frame went, in the numbers of Linux's cooked captures.
  public enum Way: UInt8, Hashable, Sendable {
    /// It came in, for this host.
    case incoming = 0
    /// It came in, for everybody.
    case broadcast = 1
    /// It came in, for a group.
    case multicast = 2
    /// It was sent.
    case outgoing = 4
  }

  /// What the frame holds, as an EtherType.
  public enum Content: UInt16, Hashable, Sendable {
    case ipv4 = 0x0800
    case arp = 0x0806
    case ipv6 = 0x86DD
  }

  /// The index of the interface.
  public var interface: UInt32
  /// Which way it went.
  public var way: Way
  /// Who sent the frame.
  public var source: HardwareAddress
  /// Whom it was sent to.
  public var destination: HardwareAddress
  /// The kinds of tags before what it holds, as EtherTypes; all of the same network.
  public var tags: [UInt16]

  /// A frame's passing.
  public init(
    interface: UInt32 = 2, way: Way = .incoming, source: HardwareAddress = .zero,
    destination: HardwareAddress = .zero, tags: [UInt16] = []
  ) {
    self.interface = interface
    self.way = way
    self.source = source
    self.destination = destination
    self.tags = tags
  }

  /// The frame with this header and these contents in the form of a link type.
  ///
  /// Nil where that form holds nothing but IP. Only Ethernet and the cooked forms have room for tags.
  public func frame(_ content: Content, _ packet: [UInt8], as link: FrameForm) -> [UInt8]? {
    var frame: [UInt8] = []
    let kind = tags.first ?? content.rawValue
    switch link {
    case .ethernet:
      frame += destination.bytes + source.bytes
      frame.append(big: kind)
    case .cooked:
      frame.append(big: UInt16(way.rawValue))
      // ARPHRD_ETHER and the length of its addresses.
      frame += [0, 1, 0, 6]
      frame += source.bytes + [0, 0]
      frame.append(big: kind)
    case .cooked2:
      frame.append(big: kind)
      frame.append(big: 0 as UInt16)
      frame.append(big: interface)
      // ARPHRD_ETHER: the address below is of Ethernet.
      frame.append(big: 1 as UInt16)
      frame += [way.rawValue, 6]
      frame += source.bytes + [0, 0]
    case .raw, .null, .loop:
      guard content != .arp else { return nil }
      // AF_INET and AF_INET6 as FreeBSD numbers them; its hosts are little-endian.
      let family: UInt8 = content == .ipv4 ? 2 : 28
      if link == .null { frame += [family, 0, 0, 0] }
      if link == .loop { frame += [0, 0, 0, family] }
      return frame + packet
    }
    for next in tags.dropFirst() + (tags.isEmpty ? [] : [content.rawValue]) {
      // Network 7, priority 3.
      frame += [0x60, 7]
      frame.append(big: next)
    }
    return frame + packet
  }
}
