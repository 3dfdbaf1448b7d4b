/// Facts while they are added up: one row a key, endpoints by number.
struct FactTable: ~Copyable {
  private var rows: SlotTable<FactRow>
  private var endpoints: EndpointTable

  init(limit: Int, seed: HashSeed) {
    rows = SlotTable(limit: limit, seed: seed)
    endpoints = EndpointTable(limit: limit, eachNames: 3, seed: seed)
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
    let hash = rows.hash(of: key)
    if let place = rows.place(of: key, hash: hash) {
      rows[place].note(first)
      return true
    }
    return rows.insert(FactRow(key, first), hash: hash) != nil
  }

  /// The facts as rows of one recorder, sorted.
  func facts(recorder: String) -> [Fact] {
    let (ranks, addresses) = endpoints.sorted()
    var order: [(key: FactRow.Key, place: Int)] = []
    order.reserveCapacity(rows.end)
    for place in 0..<rows.end { order.append((rows[place].key.ranked(by: ranks), place)) }
    order.sort { $0.key < $1.key }
    return order.compactMap { entry in
      rows[entry.place].fact(as: entry.key, recorder: recorder, addresses: addresses)
    }
  }

  private mutating func number(of address: Address) -> UInt32? {
    endpoints.number(of: address, isNewWanted: !rows.isFull)
  }
}
