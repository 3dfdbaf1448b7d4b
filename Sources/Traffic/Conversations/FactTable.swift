/// Facts while they are added up: one row a key, endpoints by number.
///
/// Who scans makes a row for each door. So attempts may take three quarters of the rows, and where all are taken what was
/// established takes the place of one of them.
struct FactTable: ~Copyable {
  private var rows: SlotTable<FactRow>
  private var endpoints: EndpointTable
  /// The places of rows that may give way, the latest last; some of them were needed since.
  private var attempts: [UInt32] = []
  private let mostAttempts: Int
  /// How many conversations were in rows that gave way.
  private(set) var displaced: UInt64 = 0

  init(limit: Int, seed: HashSeed) {
    rows = SlotTable(limit: limit, seed: seed)
    // Endpoints stay when their rows give way, so there may be nearly twice as many as in a full table.
    endpoints = EndpointTable(limit: limit, eachNames: 6, seed: seed)
    mostAttempts = limit - limit / 4
  }

  /// Adds one conversation that was seen from `first` to `last`; false when there is no room for its row.
  mutating func enter(
    client: Address, server: Socket, kind: FactRow.Kind, dialled: Socket?, interface: UInt32, part: UInt16,
    first: Instant, last: Instant, appearance: Appearance = .none
  ) -> Bool {
    let hasRoom = makeRoom(isAttempt: kind.isAttempt)
    guard let client = endpoints.number(of: client, isNewWanted: hasRoom),
      let address = endpoints.number(of: server.address, isNewWanted: hasRoom)
    else { return false }
    if appearance.showsClient { endpoints.noteShown(client, from: first, to: last) }
    if appearance.showsServer { endpoints.noteShown(address, from: first, to: last) }
    var end: (number: UInt32, port: UInt16)?
    if let dialled {
      guard let number = endpoints.number(of: dialled.address, isNewWanted: hasRoom) else { return false }
      end = (number, dialled.port)
    }
    let key = FactRow.Key(
      hour: first.hour, client: client, server: address, port: server.port, kind: kind, dialled: end,
      interface: interface, part: part, hasEntered: kind.isAttempt && appearance.hasEntered)
    let hash = rows.hash(of: key)
    if let place = rows.place(of: key, hash: hash) {
      rows[place].note(first, last)
      return true
    }
    guard hasRoom else { return false }
    if rows.isFull { displace() }
    guard let place = rows.insert(FactRow(key, first, last), hash: hash) else { return false }
    if kind.isAttempt { attempts.append(UInt32(truncatingIfNeeded: place)) }
    return true
  }

  /// The rows of one recorder, sorted: the facts, and apart from them what was begun in another's name.
  func facts(recorder: String, doors: borrowing Doors) -> (facts: [Fact], spoofed: [Fact]) {
    let (ranks, addresses) = endpoints.sorted()
    var order: [(key: FactRow.Key, place: Int)] = []
    order.reserveCapacity(rows.end)
    for place in 0..<rows.end where rows[place].serial != 0 {
      order.append((rows[place].key.ranked(by: ranks), place))
    }
    order.sort { $0.key < $1.key }
    let forged = forged(doors)
    var facts: [Fact] = []
    facts.reserveCapacity(order.count)
    var spoofed: [Fact] = []
    for index in order.indices {
      let ahead = index + SlotTable<FactRow>.ahead
      if ahead < order.count { rows.prepare(place: order[ahead].place) }
      let (key, place) = order[index]
      guard let fact = rows[place].fact(as: key, recorder: recorder, addresses: addresses) else { continue }
      if forged.contains(place) {
        spoofed.append(fact)
      } else if facts.last?.key == fact.key {
        // Rows that differ only in whether it is known where they came in are neighbours.
        facts[facts.count - 1].merge(fact)
      } else {
        facts.append(fact)
      }
    }
    return (facts, spoofed)
  }

  /// The places of rows that were begun in another's name.
  private func forged(_ doors: borrowing Doors) -> Set<Int> {
    var forged: Set<Int> = []
    for place in 0..<rows.end where rows[place].serial != 0 && isByStranger(place, doors) {
      forged.insert(place)
    }
    guard !forged.isEmpty else { return [] }
    // Where a way led back once, whoever handed on what nobody answered at other times does so for its sender.
    let ways = Set(forged.map { rows[$0].key.way })
    var answered: Set<FactRow.Way> = []
    for place in 0..<rows.end where rows[place].serial != 0 && rows[place].key.isReplied {
      let way = rows[place].key.way
      if ways.contains(way) { answered.insert(way) }
    }
    return answered.isEmpty ? forged : forged.filter { !answered.contains(rows[$0].key.way) }
  }

  /// Whether what nobody answered came in by the door of somebody else, and the address is known to have sat behind
  /// another before and after.
  private func isByStranger(_ place: Int, _ doors: borrowing Doors) -> Bool {
    let key = rows[place].key
    guard let entrance = key.entrance, endpoints.isShown(key.client, around: rows[place].activity) else {
      return false
    }
    return doors.isStranger(endpoints.address(key.client), behind: entrance)
  }

  /// Whether there is room for another row, or one that may give way for it.
  private mutating func makeRoom(isAttempt: Bool) -> Bool {
    if isAttempt { return !rows.isFull && attempts.count < mostAttempts }
    guard rows.isFull else { return true }
    // What nobody answered and came again may be all that its sender ever needs: it stays.
    while let place = attempts.last, !rows[Int(place)].mayGiveWay { attempts.removeLast() }
    return !attempts.isEmpty
  }

  /// Takes out the latest row that may give way; there must be one.
  private mutating func displace() {
    guard let place = attempts.popLast() else { return }
    let row = rows.remove(Int(place))
    displaced = displaced.saturatingPlus(row.conversations)
  }
}
