import Traffic

/// One end of a conversation, and the network card behind it.
struct Place {
  let address: Address
  var port: UInt16
  let card: UInt64

  static func pod(_ number: Int, _ family: Family, port: UInt16 = 0) -> Place {
    let card = 0x0242_0000_0000 | UInt64(number)
    guard family == .v4 else {
      return Place(
        address: Address(bits: prefix6 | 0x244 << 80 | UInt128(number + 2)), port: port, card: card)
    }
    let bits = UInt32(10) << 24 | UInt32(244 + number / 16_384 % 8) << 16
    return Place(
      address: Address(v4: bits | UInt32(number / 64 % 256) << 8 | UInt32(2 + number % 64)), port: port,
      card: card)
  }

  static func service(_ number: Int, _ family: Family, port: UInt16) -> Place {
    let address =
      family == .v4
      ? Address(
        v4: UInt32(10) << 24 | UInt32(96) << 16 | UInt32(number / 128) << 8 | UInt32(10 + number % 128))
      : Address(bits: prefix6 | 0x96 << 80 | UInt128(number + 10))
    return Place(address: address, port: port, card: 0x0243_0000_0000)
  }

  /// A host of the internet, in the blocks that are kept for documents (RFC 5737, RFC 3849).
  static func outside(_ number: Int, _ family: Family, port: UInt16 = 443) -> Place {
    let address =
      family == .v4
      ? Address(
        v4: number.isMultiple(of: 2) ? 0xCB00_7100 + UInt32(number % 200) : 0xC633_6400 + UInt32(number % 250)
      )
      : Address(bits: 0x2001_0DB8 << 96 | UInt128(number % 251))
    return Place(address: address, port: port, card: 0x0244_0000_0000)
  }

  static func node(_ number: Int) -> Place {
    Place(
      address: Address(v4: UInt32(192) << 24 | UInt32(168) << 16 | UInt32(10 + number % 50)), port: 0,
      card: 0x0200_0000_0000 | UInt64(number % 50))
  }

  /// The block fd00:10::/32.
  private static let prefix6: UInt128 = 0xFD00_0010 << 96
}
