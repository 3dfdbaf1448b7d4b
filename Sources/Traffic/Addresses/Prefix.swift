/// A block of addresses that share their first bits, as CIDR writes it.
public struct Prefix: Hashable, Sendable {
  /// The lowest address of the block.
  public let base: Address
  /// How many leading bits are fixed, counted within the family: 0 to 32 for IPv4, 0 to 128 for IPv6.
  public let length: Int

  /// The block around an address.
  ///
  /// Bits beyond the length are cleared. Nil when the length is beyond the family's.
  public init?(_ address: Address, length: Int) {
    guard (0...address.width).contains(length) else { return nil }
    let host = address.width - length
    base = Address(bits: host == 128 ? 0 : (address.bits >> UInt128(host)) << UInt128(host))
    self.length = length
  }

  /// The block of one address.
  public init(only address: Address) {
    base = address
    length = address.width
  }

  /// The block written as `address/length` in canonical form: no bits set beyond the length, no leading zeros.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = Address(parts[0]), (1...3).contains(parts[1].utf8.count),
      parts[1].utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      parts[1] == "0" || parts[1].first != "0",
      let length = Int(parts[1]), let prefix = Prefix(address, length: length), prefix.base == address
    else { return nil }
    self = prefix
  }

  /// Whether the blocks are of IPv4.
  public var isV4: Bool { base.isV4 }

  /// The highest address of the block.
  public var last: Address {
    let host = base.width - length
    return Address(bits: host == 128 ? .max : base.bits | ((1 << UInt128(host)) - 1))
  }

  /// Whether the address lies in the block; an address of the other family never does.
  public func contains(_ address: Address) -> Bool {
    address.isV4 == isV4 && base <= address && address <= last
  }

  /// Whether every address of `other` lies in this block.
  public func contains(_ other: Prefix) -> Bool {
    other.isV4 == isV4 && other.length >= length && contains(other.base)
  }
}

extension Prefix: Comparable {
  /// By lowest address, wider blocks first.
  public static func < (one: Prefix, other: Prefix) -> Bool {
    (one.base, one.length) < (other.base, other.length)
  }
}

extension Prefix: CustomStringConvertible {
  /// The block as CIDR writes it.
  public var description: String { "\(base)/\(length)" }
}
