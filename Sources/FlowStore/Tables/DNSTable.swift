internal import Traffic

/// Names and their addresses at rest.
struct DNSTable: ~Copyable {
  /// Its columns, as in the schema.
  static let table = SealedTable(
    "dns", key: ["hour", "recorder", "asker", "answerer", "name", "address"], values: [.tally])

  private let upsert: TallyUpsert

  init(in connection: borrowing Connection, for arrival: Arrival) throws(StoreError) {
    upsert = try TallyUpsert(Self.table, in: connection, for: arrival)
  }

  /// Adds DNS facts, sorted by key so that neighbours in the tree follow each other.
  func add(
    _ facts: [DNSFact], recorders: inout Lexicon<String>, addresses: inout Lexicon<Address>,
    names: inout Lexicon<String>
  ) throws(StoreError) {
    for fact in facts.sorted(by: { $0.key < $1.key }) {
      let key = fact.key
      try upsert.run(
        [
          key.hour, try recorders.id(of: key.recorder), try addresses.id(of: key.asker),
          try addresses.id(of: key.answerer), try names.id(of: key.name), try addresses.id(of: key.address),
        ], Tally(fact.activity))
    }
  }

  /// The DNS facts of these hours, sorted by key.
  static func read(
    _ hours: ClosedRange<Int64>, in words: Glossaries, from connection: borrowing Connection,
    noting refusals: inout Refusals
  ) throws(StoreError) -> [DNSFact] {
    let statement = try connection.prepare("\(table.select) WHERE hour BETWEEN ?1 AND ?2")
    try statement.bind(1, hours.lowerBound)
    try statement.bind(2, hours.upperBound)
    var rows = Rows<DNSFact>(of: table)
    while try statement.step() {
      rows.take(statement, as: fact(in: statement, words))
    }
    rows.sort { $0.key < $1.key }
    refusals.add(rows.refused)
    return rows.values
  }

  private static func fact(in row: borrowing Statement, _ words: Glossaries) -> DNSFact? {
    guard let hour = row.integer(0), let recorder = words.recorders.word(row.integer(1)),
      let asker = words.addresses.word(row.integer(2)),
      let answerer = words.addresses.word(row.integer(3)),
      let name = words.names.word(row.integer(4)),
      let address = words.addresses.word(row.integer(5)),
      let tally = row.look(6, { Tally($0) }), tally.conversations == 0,
      let activity = tally.activity(hour: hour)
    else { return nil }
    let key = DNSFact.Key(
      hour: hour, recorder: recorder, asker: asker, answerer: answerer, name: name, address: address)
    return DNSFact(key: key, activity: activity)
  }
}
