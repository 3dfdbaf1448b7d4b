/// Reads the aliases and addresses of answers; it keeps nothing of them but its room.
struct DNSAnswers {
  /// One record that counts.
  private struct Record {
    let owner: Int
    let ownerHash: UInt64
    /// Where its content lies: an address, or the name that an alias stands for.
    let content: Int
    /// The hash of that name; nil for an address.
    let targetHash: UInt64?
  }

  /// A name that counts: the one that was asked for, and those that its aliases lead to.
  private struct Name {
    let offset: Int
    let hash: UInt64
  }

  private var records: [Record] = []
  private var names: [Name] = []
  /// The hash of the name asked for, once it was needed.
  private var askedHash: UInt64?

  /// The addresses that the name asked for leads to through all aliases, each once, in the order of the records; and
  /// whether the answer could be read to its end.
  ///
  /// An answer that breaks off gives the addresses before the break. Records about other names are none of its business.
  mutating func addresses(_ message: DNSMessage, _ frame: RawSpan) -> (found: [Address], isWhole: Bool) {
    let isWhole = read(message, frame)
    guard !message.isError, !records.isEmpty else { return ([], isWhole) }
    names.removeAll(keepingCapacity: true)
    names.append(Name(offset: message.name, hash: Self.asked))
    while names.count <= Self.mostAliases, let last = names.last,
      // Of several aliases of one name the first counts; RFC 2181 §10.1 allows no second.
      let alias = records.first(where: { record in
        record.targetHash != nil && record.ownerHash == last.hash
          && NameWalk.isSame(frame, record.owner, last.offset, in: message.range)
      }), let hash = alias.targetHash,
      !names.contains(where: {
        $0.hash == hash && NameWalk.isSame(frame, $0.offset, alias.content, in: message.range)
      })
    {
      names.append(Name(offset: alias.content, hash: hash))
    }
    var found: [Address] = []
    for record in records where record.targetHash == nil {
      let isLedTo = names.contains {
        $0.hash == record.ownerHash && NameWalk.isSame(frame, $0.offset, record.owner, in: message.range)
      }
      guard isLedTo else { continue }
      let address =
        message.type == DNS.address4
        ? Address(v4: frame.number32(record.content)) : Address(bits: frame.number128(record.content))
      if !found.contains(address) { found.append(address) }
    }
    return (found, isWhole)
  }

  /// Notes the records that may count; false when they break off, break the rules or are too many.
  private mutating func read(_ message: DNSMessage, _ frame: RawSpan) -> Bool {
    records.removeAll(keepingCapacity: true)
    let end = message.range.upperBound
    let addressLength = message.type == DNS.address4 ? 4 : 16
    var offset = message.answers
    askedHash = nil
    for _ in 0..<min(message.count, Self.mostRecords) {
      // Behind the owner: type, class, four bytes of lifetime, length.
      guard let (fields, hash) = measure(offset, message, frame), fields + 10 <= end else { return false }
      let content = fields + 10
      let length = Int(frame.number16(fields + 8))
      guard content + length <= end else { return false }
      if frame.number16(fields + 2) == DNS.internet {
        let type = frame.number16(fields)
        if type == DNS.alias {
          guard let target = measure(content, message, frame) else { return false }
          records.append(Record(owner: offset, ownerHash: hash, content: content, targetHash: target.hash))
        } else if type == message.type, length == addressLength {
          records.append(Record(owner: offset, ownerHash: hash, content: content, targetHash: nil))
        }
      }
      offset = content + length
    }
    return message.count <= Self.mostRecords
  }

  /// Where a name ends and its hash: `asked` for the name asked for, which most answers only point to.
  private mutating func measure(
    _ offset: Int, _ message: DNSMessage, _ frame: RawSpan
  ) -> (end: Int, hash: UInt64)? {
    let pointer = 0xC000 | (message.name - message.range.lowerBound)
    if offset + 2 <= message.range.upperBound, Int(frame.number16(offset)) == pointer {
      return (offset + 2, Self.asked)
    }
    guard let (end, hash) = NameWalk.measure(frame, at: offset, in: message.range) else { return nil }
    if askedHash == nil { askedHash = NameWalk.measure(frame, at: message.name, in: message.range)?.hash }
    return (end, hash == askedHash ? Self.asked : hash)
  }

  /// Stands for the hash of the name asked for.
  private static let asked: UInt64 = 0

  /// More than fits into a message of the 4,096 bytes that resolvers ask for over UDP.
  private static let mostRecords = 256
  /// What BIND follows at most.
  private static let mostAliases = 16
}
