/// The protocols that a NetworkPolicy can name, with their numbers in the IP header.
public enum Transport: UInt8, Hashable, Sendable, CaseIterable, BitwiseCopyable {
  case tcp = 6
  case udp = 17
  case sctp = 132

  /// The name as Kubernetes writes it.
  public var name: String {
    switch self {
    case .tcp: "TCP"
    case .udp: "UDP"
    case .sctp: "SCTP"
    }
  }

  /// The transport with this name, in the exact case that Kubernetes asks for.
  public init?(name: some StringProtocol) {
    guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }
}

extension Transport: Comparable {
  /// By protocol number.
  public static func < (one: Transport, other: Transport) -> Bool { one.rawValue < other.rawValue }
}

extension Transport: CustomStringConvertible {
  /// The name as Kubernetes writes it.
  public var description: String { name }
}
