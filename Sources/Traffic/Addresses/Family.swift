/// The two kinds of IP addresses; traffic is always of one kind, at both ends.
public enum Family: Hashable, Sendable, CaseIterable {
  case v4
  case v6
}

extension Family: CustomStringConvertible {
  /// The name of the protocol.
  public var description: String {
    switch self {
    case .v4: "IPv4"
    case .v6: "IPv6"
    }
  }
}

extension Address {
  /// Which of the two kinds this is.
  public var family: Family { isV4 ? .v4 : .v6 }
}
