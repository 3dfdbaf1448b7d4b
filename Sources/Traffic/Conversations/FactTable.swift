/// Facts while they are added up: one row a key, endpoints by number.
struct FactTable: ~Copyable {
  private var rows: SlotTable<FactRow>
  private var endpoints: SlotTable<Endpoint>
  private let seed: HashSeed

  init(limit: Int, seed: HashSeed) {
    rows = SlotTable(limit: limit, seed: seed)
    // A row names three at most.
    endpoints = SlotTable(
      limit: limit.multipliedReportingOverflow(by: 3).overflow ? .max : 3 * limit, seed: seed)
    self.seed = seed
  }

  /// Adds one conversation that began at `first`; false when there is no room for its row.
  mutating func enter(
    client: Address, server: Socket, kind: FactRow.Kind, dialled: Socket?, interface: UInt32, part: UInt16,
    first: Instant
  ) -> Bool {
    guard let client = number(of: client), let address = number(of: server.address) else { return false }
    var end: (number: UInt32, port: UInt16)?
    if let dialled {
      guard let number = number(of: dialled.address) else { return false }
      end = (number, dialled.port)
    }
    let key = FactRow.Key(
      hour: first.hour, client: client, server: address, port: server.port, kind: kind, dialled: end,
      interface: interface, part: part)
    let hash = key.hash(seed)
    if let place = rows.place(of: key, hash: hash) {
      rows[place].note(first)
      return true
    }
    return rows.insert(FactRow(key, first), hash: hash) != nil
  }

  /// The facts as rows of one recorder, sorted.
  func facts(recorder: String) -> [Fact] {
    // Numbers in the order of addresses, so that rows are sorted by numbers alone.
    let sorted = (0..<endpoints.end).sorted { endpoints[$0].address < endpoints[$1].address }
    var ranks = [UInt32](repeating: 0, count: sorted.count)
    for (rank, place) in sorted.enumerated() { ranks[place] = UInt32(truncatingIfNeeded: rank) }
    let addresses = sorted.map { endpoints[$0].address }
    return (0..<rows.end).map { rows[$0].ranked(by: ranks) }.sorted { $0.key < $1.key }.compactMap {
      $0.fact(recorder: recorder, addresses: addresses)
    }
  }

  private mutating func number(of address: Address) -> UInt32? {
    let hash = address.hash(seed)
    let place =
      endpoints.place(of: address, hash: hash)
      ?? (rows.isFull ? nil : endpoints.insert(Endpoint(address: address), hash: hash))
    return place.map { UInt32(truncatingIfNeeded: $0) }
  }

  /// An address, whose number is its place.
  ///
  /// Not private: with a private type in a table, Swift 6.3 makes a module that its own checks refuse.
  struct Endpoint: Slotted {
    let address: Address
    var serial: UInt32 = 0

    var key: Address { address }

    static let vacant = Endpoint(address: Address(bits: 0))
  }
}

extension Address: SlotKey {
  @inline(__always)
  func hash(_ seed: HashSeed) -> UInt64 { seed.hash(self) }
}
