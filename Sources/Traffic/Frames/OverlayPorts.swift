/// The UDP ports to which VXLAN or Geneve may be sent; a datagram's header tells whether it is one, and which.
public struct OverlayPorts: Hashable, Sendable {
  /// Those that every recording knows: VXLAN by its registration and as Linux first had it, and Geneve.
  public static let usual = OverlayPorts(ports: SIMD8([4789, 8472, 6081, 4789, 4789, 4789, 4789, 4789]))

  /// How many more there may be.
  public static let most = 5

  /// One vector and not an array: it is asked about for each datagram. Places that are free repeat the first port.
  private var ports: SIMD8<UInt16>

  private init(ports: SIMD8<UInt16>) {
    self.ports = ports
  }

  /// The usual ones and these; nil when too many are new.
  public init?(usualAnd more: [UInt16]) {
    self = .usual
    var place = 3
    for port in more where !contains(port) {
      guard place < ports.scalarCount else { return nil }
      ports[place] = port
      place += 1
    }
  }

  /// Whether an overlay may be sent there.
  @inline(__always)
  func contains(_ port: UInt16) -> Bool { any(ports .== port) }
}
