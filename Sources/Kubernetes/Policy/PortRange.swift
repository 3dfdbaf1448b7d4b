/// Ports from a first to a last, both included: 1 to 65535, never reversed, never empty.
public struct PortRange: Hashable, Sendable {
  /// The lowest port.
  public let first: UInt16
  /// The highest port.
  public let last: UInt16

  /// The ports from `first` to `last`; nil when that is reversed or holds port 0, which no policy can name.
  public init?(_ first: UInt16, through last: UInt16) {
    guard first >= 1, first <= last else { return nil }
    self.first = first
    self.last = last
  }

  /// One port; nil for port 0.
  public init?(_ port: UInt16) {
    self.init(port, through: port)
  }

  private init(known first: UInt16, _ last: UInt16) {
    self.first = first
    self.last = last
  }

  /// Every port there is.
  public static let whole = PortRange(known: 1, .max)

  /// How many ports these are.
  public var count: Int { Int(last) - Int(first) + 1 }

  /// Whether the port is one of these.
  public func contains(_ port: UInt16) -> Bool { first <= port && port <= last }
}

extension PortRange: Comparable {
  /// By first port, then by last.
  public static func < (one: PortRange, other: PortRange) -> Bool {
    (one.first, one.last) < (other.first, other.last)
  }
}

extension PortRange: CustomStringConvertible {
  /// One number, or two with a hyphen between.
  public var description: String { first == last ? "\(first)" : "\(first)-\(last)" }
}
