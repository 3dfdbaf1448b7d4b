/// One end of a conversation on the wire: an address and a port.
public struct Socket: Hashable, Sendable, BitwiseCopyable {
  /// The address of the end.
  public let address: Address
  /// The port of the end.
  public let port: UInt16

  /// The end at this address and port.
  public init(_ address: Address, _ port: UInt16) {
    self.address = address
    self.port = port
  }
}

extension Socket: Comparable {
  /// By address, then port.
  public static func < (one: Socket, other: Socket) -> Bool {
    (one.address, one.port) < (other.address, other.port)
  }
}

extension Socket: CustomStringConvertible {
  /// The usual form, with brackets around IPv6.
  public var description: String { address.isV4 ? "\(address):\(port)" : "[\(address)]:\(port)" }
}
