import Traffic

/// What a client asks the cluster's DNS, and what it is told.
struct Question {
  let name: String
  let family: Family
  /// The addresses of the name; none where there is no such name.
  let addresses: [Address]
  let id: UInt16

  /// The question (RFC 1035 §4), recursion desired.
  var bytes: [UInt8] { message(flags: 0x0100, answers: 0) }

  /// The answer, which points back at the name.
  var answer: [UInt8] {
    var bytes = message(flags: addresses.isEmpty ? 0x8183 : 0x8180, answers: UInt16(addresses.count))
    for address in addresses {
      bytes.append(big: 0xC00C as UInt16)
      bytes.append(big: type)
      bytes.append(big: 1 as UInt16)
      bytes.append(big: 30 as UInt32)
      bytes.append(big: UInt16(address.width / 8))
      bytes.append(address)
    }
    return bytes
  }

  private var type: UInt16 { family == .v4 ? 1 : 28 }

  private func message(flags: UInt16, answers: UInt16) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(160)
    for number in [id, flags, 1, answers, 0, 0] { bytes.append(big: number) }
    for label in name.utf8.split(separator: UInt8(ascii: ".")) {
      bytes.append(UInt8(truncatingIfNeeded: label.count))
      bytes.append(contentsOf: label)
    }
    bytes.append(0)
    bytes.append(big: type)
    bytes.append(big: 1 as UInt16)
    return bytes
  }
}
