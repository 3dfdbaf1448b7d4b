/// Who talked to whom, as rows of numbers: less than half the room that facts take, and nothing in them to hash.
///
/// Rows come hour by hour. What their numbers stand for is told once, for all of them.
public struct Conversations: Sendable {
  /// The addresses that rows name by their places here.
  public let addresses: [Address]
  /// The recorders that rows name by their places here.
  public let recorders: [String]
  /// The rows: portions of a handy size, none before another of an earlier hour.
  public let portions: [[Row]]

  /// Rows that name these words; those in another order than that of hours are put into it.
  ///
  /// To name a word that there is not is a mistake of the program that made the row.
  public init(_ portions: [[Row]], addresses: [Address], recorders: [String]) {
    self.addresses = addresses
    self.recorders = recorders
    var hour: Range<Instant>?
    var isInOrder = true
    for portion in portions {
      for row in portion {
        precondition(
          row.client < addresses.count && row.server < addresses.count && row.recorder < recorders.count
            && row.dialledAddress.map { $0 < addresses.count } ?? true, "rows name words that there are")
        // Within an hour nothing is divided.
        if let hour, hour.contains(row.activity.first) { continue }
        if let hour, row.activity.first < hour.lowerBound { isInOrder = false }
        hour = row.activity.wholeHour
      }
    }
    self.portions = isInOrder ? portions : [portions.joined().sorted { $0.hour < $1.hour }]
  }

  /// These facts, in any order.
  public init(_ facts: some Sequence<Fact>) {
    var addresses = Places<Address>()
    var recorders = Places<String>()
    let rows = facts.map { fact in
      Row(
        fact, client: addresses.place(of: fact.key.client), server: addresses.place(of: fact.key.server),
        recorder: recorders.place(of: fact.key.recorder),
        dialledAddress: fact.key.dialled.map { addresses.place(of: $0.address) })
    }
    self.init([rows], addresses: addresses.words, recorders: recorders.words)
  }

  /// Words in the order in which they were met.
  private struct Places<Word: Hashable> {
    private var known: [Word: UInt32] = [:]
    private(set) var words: [Word] = []

    mutating func place(of word: Word) -> UInt32 {
      if let place = known[word] { return place }
      let place = UInt32(words.count)
      known[word] = place
      words.append(word)
      return place
    }
  }
}

// What they can tell.
extension Conversations {
  /// How many rows there are.
  public var count: Int { portions.reduce(0) { $0 + $1.count } }

  /// In which hours anything was seen for the last time.
  public var lastHours: LastHours {
    var counts: [Int64: Int] = [:]
    for row in portions.joined() { counts[Instant(seconds: row.lastMinute * 60).hour, default: 0] += 1 }
    return LastHours(counts.sorted { $0.key > $1.key }.map { (hour: $0.key, facts: $0.value) })
  }

  /// The last moment of all that is known, of what was not seen after these hours; nil where there is none.
  public func last(in hours: LastHours) -> Instant? {
    guard let hour = hours.last else { return nil }
    return portions.joined().lazy.map(\.lastSeen).filter { $0.hour <= hour }.max()
  }

  /// Those that have anything to do with a stretch of time: any of them began before its end, and was seen in its first
  /// minute or later.
  public func within(_ from: Instant, _ until: Instant) -> Conversations {
    guard from > .distantPast || until < .distantFuture else { return self }
    let start = from.minutes
    let chosen = portions.map { portion in
      // What began late enough need not be divided into minutes.
      portion.filter { $0.activity.first <= until && (from <= $0.activity.last || start <= $0.lastMinute) }
    }
    return Conversations(chosen.filter { !$0.isEmpty }, addresses: addresses, recorders: recorders)
  }

  /// Whether anybody asked this end.
  public func reach(_ server: Socket) -> Bool {
    guard let number = addresses.firstIndex(of: server.address) else { return false }
    return portions.contains { rows in rows.contains { $0.server == number && $0.port == server.port } }
  }

  /// What somebody dialled where that is not the server and port, or the other end where nobody knows who asked.
  public func dialled(in row: Row) -> Socket? {
    row.dialledAddress.map { Socket(addresses[Int($0)], row.dialledPort) }
  }

  /// A row as the fact that it stands for.
  public func fact(_ row: Row) -> Fact {
    let key = Fact.Key(
      hour: row.hour, recorder: recorders[Int(row.recorder)], client: addresses[Int(row.client)],
      server: addresses[Int(row.server)], port: row.port, transport: row.transport, tier: row.tier,
      direction: row.direction, dialled: dialled(in: row), interface: row.interface, part: row.part)
    return Fact(
      key: key, kept: row.conversations, during: row.activity, lastMinute: row.lastMinute)
  }

  /// All of them as facts.
  public var facts: [Fact] { portions.flatMap { $0.map(fact) } }
}
