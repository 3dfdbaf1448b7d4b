public import Traffic

/// The addresses of a pod: none known, one, or one of each family, as the API server allows.
public struct PodAddresses: Hashable, Sendable {
  /// The address that the cluster prefers; the first one in the pod's status.
  public let primary: Address?
  /// The address of the other family, in clusters with both.
  public let secondary: Address?

  /// The first of these addresses, and the first one of the other family.
  public init(_ addresses: [Address]) {
    primary = addresses.first
    secondary = addresses.first { $0.isV4 != addresses.first?.isV4 }
  }

  /// This address alone.
  public init(_ address: Address?) {
    primary = address
    secondary = nil
  }

  /// No address that is known.
  public static let unknown = PodAddresses(nil)

  /// Whether none is known.
  public var isEmpty: Bool { primary == nil }

  /// All of them, the preferred one first.
  public var all: [Address] { [primary, secondary].compactMap(\.self) }

  /// The address of a family.
  public subscript(family: Family) -> Address? {
    if let primary, primary.family == family { return primary }
    if let secondary, secondary.family == family { return secondary }
    return nil
  }
}
