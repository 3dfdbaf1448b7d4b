/// What the link says before the network packet begins.
struct LinkHeader {
  /// Where the IP packet begins.
  var offset: Int
  /// The interface, where the link names it.
  var interface: UInt32?
  /// Whether the link says that the frame came in by its interface; false where it went out or nobody says.
  var hasArrived: Bool

  /// Passes every frame that holds no IP packet for one receiver.
  @inline(__always)
  init(_ frame: RawSpan, link: LinkType) throws(Passed) {
    switch link {
    case .ethernet: self = try Self.ethernet(frame)
    case .cooked2: self = try Self.cooked2(frame)
    default: self = try Self.seldom(frame, link: link)
    }
  }

  @inline(never)
  private static func seldom(_ frame: RawSpan, link: LinkType) throws(Passed) -> LinkHeader {
    switch link {
    case .ethernet: try ethernet(frame)
    case .cooked: try cooked(frame)
    case .cooked2: try cooked2(frame)
    case .raw: LinkHeader(offset: 0)
    case .null, .loop: try family(frame)
    case .unknown: throw .linkType
    }
  }

  @inline(__always)
  init(offset: Int, interface: UInt32? = nil, hasArrived: Bool = false) {
    self.offset = offset
    self.interface = interface
    self.hasArrived = hasArrived
  }

  /// The offset behind an EtherType and the 802.1Q tags that may follow it.
  ///
  /// Passes what is not IP.
  @inline(__always)
  static func network(_ frame: RawSpan, etherType: UInt16, at offset: Int) throws(Passed) -> Int {
    if isIP(etherType) { return offset }
    return try networkBehindTags(frame, etherType: etherType, at: offset)
  }

  @inline(never)
  private static func networkBehindTags(
    _ frame: RawSpan, etherType first: UInt16, at offset: Int
  ) throws(Passed) -> Int {
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
    guard isIP(etherType) else { throw Passed(etherType: etherType) }
    return offset
  }

  @inline(__always)
  private static func isIP(_ etherType: UInt16) -> Bool { etherType == 0x0800 || etherType == 0x86DD }

  /// Two tags are QinQ; more than four are nobody's network.
  private static let mostTags = 4
}
