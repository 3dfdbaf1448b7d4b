/// An IPv4 or IPv6 address.
///
/// Both families share one 128-bit value: an IPv4 address is held as its IPv4-mapped form (RFC 4291 §2.5.5.2),
/// so a key never needs a family beside the bits and IPv4 sorts before global IPv6.
public struct Address: Hashable, Sendable, BitwiseCopyable {
  /// The first and the last eight bytes, in network order.
  ///
  /// Two words and not one `UInt128`: its alignment of 16 would pad every key that holds an address.
  private let high: UInt64
  private let low: UInt64

  /// The address with these 128 bits; IPv4-mapped bits are the IPv4 address.
  public init(bits: UInt128) {
    high = UInt64(truncatingIfNeeded: bits >> 64)
    low = UInt64(truncatingIfNeeded: bits)
  }

  /// The IPv4 address with these 32 bits, in network order.
  public init(v4 bits: UInt32) {
    high = 0
    low = Self.mapped | UInt64(bits)
  }

  /// The address written in `text`, in dotted or colon form, without zone or prefix; nil when it is neither.
  public init?(_ text: some StringProtocol) {
    guard let bits = AddressText.parse(Array(text.utf8)) else { return nil }
    self.init(bits: bits)
  }

  /// The address as one number, in network order.
  public var bits: UInt128 { UInt128(high) << 64 | UInt128(low) }

  /// Whether this is an IPv4 address.
  public var isV4: Bool { high == 0 && low >> 32 == 0xFFFF }

  /// How many bits a whole address of this family has.
  public var width: Int { isV4 ? 32 : 128 }

  /// The 32 bits of an IPv4 address, nil for IPv6.
  public var v4Bits: UInt32? { isV4 ? UInt32(truncatingIfNeeded: low) : nil }

  private static let mapped: UInt64 = 0xFFFF << 32
}

extension Address: Comparable {
  /// In numeric order, IPv4 before global IPv6.
  public static func < (one: Address, other: Address) -> Bool {
    (one.high, one.low) < (other.high, other.low)
  }
}

extension Address: CustomStringConvertible {
  /// Dotted for IPv4; for IPv6 the canonical text of RFC 5952.
  public var description: String { AddressText.print(self) }
}
