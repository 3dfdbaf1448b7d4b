/// Adds up which names led whom to which addresses: one row a key, endpoints and names by number.
///
/// Whoever asks for made-up names all day would fill it, so each asker has an eighth of the rows at most.
struct NameLedger: ~Copyable {
  private var rows: SlotTable<NameRow>
  private var names: SlotTable<HostName>
  private var texts: [String] = []
  private var endpoints: EndpointTable
  /// How many rows each asker has, by its number.
  private var shares: [UInt32] = []
  private let largestShare: UInt32
  /// Addresses in answers that found the ledger, or their asker's share of it, full.
  private(set) var overflow: UInt64 = 0

  init(limit: Int, seed: HashSeed) {
    rows = SlotTable(limit: limit, seed: seed)
    names = SlotTable(limit: limit, seed: seed)
    endpoints = EndpointTable(limit: limit, eachNames: 3, seed: seed)
    largestShare = UInt32(clamping: max(1, limit / 8))
  }

  /// Asks for what looking up a name will read first.
  func prepare(_ name: HostName.Key) { names.prepare(hash: names.hash(of: name)) }

  /// The number of a name; nil for one that was not added.
  func number(of name: HostName.Key) -> UInt32? {
    names.place(of: name, hash: names.hash(of: name)).map { UInt32(truncatingIfNeeded: $0) }
  }

  /// Adds a name that has no number, written as `text`; nil when there is no room for what it leads its asker to.
  mutating func add(_ name: HostName.Key, _ text: String, for asker: Address) -> UInt32? {
    guard hasRoom(for: endpoints.number(of: asker, isNewWanted: false)),
      let place = names.insert(HostName(key: name), hash: names.hash(of: name))
    else { return nil }
    // Names are never removed, so places are counted up.
    texts.append(text)
    return UInt32(truncatingIfNeeded: place)
  }

  /// Adds that a name led to these addresses.
  mutating func enter(
    asker: Address, answerer: Address, name: UInt32?, addresses: [Address], at instant: Instant
  ) {
    guard !addresses.isEmpty else { return }
    // A full ledger adds to the rows it has, and takes no new addresses for others.
    guard let name, let asker = endpoints.number(of: asker, isNewWanted: !rows.isFull),
      let answerer = endpoints.number(of: answerer, isNewWanted: hasRoom(for: asker))
    else {
      overflow += UInt64(addresses.count)
      return
    }
    for address in addresses {
      let number = endpoints.number(of: address, isNewWanted: hasRoom(for: asker))
      let key = number.map {
        NameRow.Key(hour: instant.hour, asker: asker, answerer: answerer, name: name, address: $0)
      }
      if key.map({ note($0, instant) }) != true { overflow += 1 }
    }
  }

  /// Everything entered so far, as rows of one recorder, sorted.
  func facts(recorder: String) -> [DNSFact] {
    let (ranks, addresses) = endpoints.sorted()
    let order = texts.indices.sorted { texts[$0] < texts[$1] }
    var nameRanks = [UInt32](repeating: 0, count: order.count)
    for (rank, number) in order.enumerated() { nameRanks[number] = UInt32(truncatingIfNeeded: rank) }
    var sorted: [(key: NameRow.Key, place: Int)] = []
    sorted.reserveCapacity(rows.end)
    for place in 0..<rows.end { sorted.append((rows[place].key.ranked(by: ranks, names: nameRanks), place)) }
    sorted.sort { $0.key < $1.key }
    var facts: [DNSFact] = []
    facts.reserveCapacity(sorted.count)
    for index in sorted.indices {
      let ahead = index + SlotTable<NameRow>.ahead
      if ahead < sorted.count { rows.prepare(place: sorted[ahead].place) }
      let row = sorted[index]
      let key = DNSFact.Key(
        hour: row.key.hour, recorder: recorder, asker: addresses[Int(row.key.asker)],
        answerer: addresses[Int(row.key.answerer)], name: texts[order[Int(row.key.name)]],
        address: addresses[Int(row.key.address)])
      if let fact = DNSFact(key: key, activity: rows[row.place].activity) { facts.append(fact) }
    }
    return facts
  }

  /// Whether an asker, or one who has no number yet, may have another row.
  private func hasRoom(for asker: UInt32?) -> Bool {
    guard !rows.isFull else { return false }
    guard let asker, Int(asker) < shares.count else { return true }
    return shares[Int(asker)] < largestShare
  }

  private mutating func note(_ key: NameRow.Key, _ instant: Instant) -> Bool {
    let hash = rows.hash(of: key)
    if let place = rows.place(of: key, hash: hash) {
      rows[place].note(instant)
      return true
    }
    guard hasRoom(for: key.asker), rows.insert(NameRow(key, instant), hash: hash) != nil else { return false }
    let asker = Int(key.asker)
    if asker >= shares.count { shares += repeatElement(0, count: asker + 1 - shares.count) }
    shares[asker] += 1
    return true
  }
}
