/// What the link says before the network packet begins.
struct LinkHeader {
  /// Where the IP packet begins.
  var offset: Int
  /// The interface, where the link names it.
  var interface: UInt32?

  /// Passes every frame that holds no IP packet for one receiver.
  @inline(__always)
  init(_ frame: RawSpan, link: LinkType) throws(Passed) {
    switch link {
    case .ethernet: self = try Self.ethernet(frame)
    case .cooked: self = try Self.cooked(frame)
    case .cooked2: self = try Self.cooked2(frame)
    case .raw: self.init(offset: 0)
    case .null, .loop: self = try Self.family(frame)
    case .unknown: throw .linkType
    }
  }

  @inline(__always)
  init(offset: Int, interface: UInt32? = nil) {
    self.offset = offset
    self.interface = interface
  }

  /// The offset behind an EtherType and the 802.1Q tags that may follow it.
  ///
  /// Passes what is not IP.
  @inline(__always)
  static func network(_ frame: RawSpan, etherType first: UInt16, at offset: Int) throws(Passed) -> Int {
    var etherType = first
    var offset = offset
    var tags = 0
    while etherType == 0x8100 || etherType == 0x88A8 || etherType == 0x9100 {
      guard frame.byteCount >= offset + 4 else { throw .cut }
      guard tags < mostTags else { throw .malformed }
      etherType = frame.number16(offset + 2)
      offset += 4
      tags += 1
    }
    switch etherType {
    case 0x0800, 0x86DD: return offset
    default: throw Passed(etherType: etherType)
    }
  }

  /// Two tags are QinQ; more than four are nobody's network.
  private static let mostTags = 4
}
