/// What the first bytes of a frame are.
public enum LinkType: Hashable, Sendable {
  /// Ethernet, with or without 802.1Q tags.
  case ethernet
  /// Linux cooked capture, the first form.
  case cooked
  /// Linux cooked capture, the second form: it names the interface.
  case cooked2
  /// An IPv4 or IPv6 packet with nothing before it.
  case raw
  /// A protocol family in the byte order of the recording host.
  case null
  /// A protocol family in network order.
  case loop
  /// A link type that nobody taught this program.
  case unknown(UInt32)

  /// The link type with this number in a capture file (https://www.tcpdump.org/linktypes.html).
  public init(number: UInt32) {
    switch number {
    case 0: self = .null
    case 1: self = .ethernet
    // 12 and 14 are what some systems write for raw IP instead of 101; 228 and 229 say the version as well.
    case 12, 14, 101, 228, 229: self = .raw
    case 108: self = .loop
    case 113: self = .cooked
    case 276: self = .cooked2
    default: self = .unknown(number)
    }
  }

  /// Whether nobody taught this program what such frames hold.
  public var isUnknown: Bool {
    if case .unknown = self { true } else { false }
  }
}

extension LinkType: CustomStringConvertible {
  /// The name that tcpdump uses.
  public var description: String {
    switch self {
    case .ethernet: "EN10MB"
    case .cooked: "LINUX_SLL"
    case .cooked2: "LINUX_SLL2"
    case .raw: "RAW"
    case .null: "NULL"
    case .loop: "LOOP"
    case .unknown(let number): "link type \(number)"
    }
  }
}
