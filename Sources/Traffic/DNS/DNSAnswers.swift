/// The aliases and addresses of one answer.
struct DNSAnswers {
  /// The record type of the addresses asked for.
  let type: UInt16
  private var aliases: [DNSName: DNSName] = [:]
  private var found: [(owner: DNSName, address: Address)] = []

  init(type: UInt16) {
    self.type = type
  }

  /// Reads records; false when they break off or break the rules.
  mutating func read(_ frame: RawSpan, at offset: Int, in message: Range<Int>, count: Int) -> Bool {
    var offset = offset
    for _ in 0..<min(count, Self.mostRecords) {
      // Behind the owner: type, class, four bytes of lifetime, length.
      guard let (owner, end) = DNSName.read(frame, at: offset, in: message), end + 10 <= message.upperBound
      else { return false }
      let length = Int(frame.number16(end + 8))
      let content = end + 10
      guard content + length <= message.upperBound else { return false }
      if frame.number16(end + 2) == DNS.internet {
        switch (frame.number16(end), length) {
        case (DNS.alias, _):
          guard let (target, _) = DNSName.read(frame, at: content, in: message) else { return false }
          // Of several aliases of one name the first counts; RFC 2181 §10.1 allows no second.
          if aliases[owner] == nil { aliases[owner] = target }
        case (DNS.address4, 4) where type == DNS.address4:
          found.append((owner, Address(v4: frame.number32(content))))
        case (DNS.address6, 16) where type == DNS.address6:
          found.append((owner, Address(bits: frame.number128(content))))
        default: break
        }
      }
      offset = content + length
    }
    return count <= Self.mostRecords
  }

  /// The addresses that a name leads to; records about other names are none of its business.
  func addresses(of name: DNSName) -> [Address] {
    var names: Set<DNSName> = [name]
    var current = name
    while names.count <= Self.mostAliases, let target = aliases[current], names.insert(target).inserted {
      current = target
    }
    var addresses: [Address] = []
    for record in found where names.contains(record.owner) && !addresses.contains(record.address) {
      addresses.append(record.address)
    }
    return addresses
  }

  /// More than fits into a message of the 4,096 bytes that resolvers ask for over UDP.
  private static let mostRecords = 256
  /// What BIND follows at most.
  private static let mostAliases = 16
}
