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

  /// A frame's passing.
  public init(
    interface: UInt32 = 2, way: Way = .incoming, source: HardwareAddress = .zero,
    destination: HardwareAddress = .zero
  ) {
    self.interface = interface
    self.way = way
    self.source = source
    self.destination = destination
  }

  /// The frame with this header and these contents in the form of a link type.
  public func frame(_ content: Content, _ packet: [UInt8], as link: FrameForm) -> [UInt8] {
    var frame: [UInt8] = []
    switch link {
    case .ethernet:
      frame += destination.bytes + source.bytes
      frame.append(big: content.rawValue)
    case .cooked2:
      frame.append(big: content.rawValue)
      frame.append(big: 0 as UInt16)
      frame.append(big: interface)
      // ARPHRD_ETHER: the address below is of Ethernet.
      frame.append(big: 1 as UInt16)
      frame += [way.rawValue, 6]
      frame += source.bytes + [0, 0]
    }
    return frame + packet
  }
}

/// The forms of frames that this builder can write, with their numbers in capture files.
public enum FrameForm: UInt32, Hashable, Sendable, CaseIterable {
  /// Ethernet (LINKTYPE_ETHERNET).
  case ethernet = 1
  /// Linux cooked capture, second form (LINKTYPE_LINUX_SLL2), as the device `any` gives it.
  case cooked2 = 276
}
