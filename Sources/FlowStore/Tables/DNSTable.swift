internal import Traffic

/// Names and their addresses at rest.
struct DNSTable: ~Copyable {
  /// Its columns, as in the schema.
  static let table = SealedTable(
    "dns", key: ["hour", "recorder", "asker", "answerer", "name", "address"], values: ActivityColumns.values)

  private let upsert: Statement

  init(in connection: borrowing Connection, for arrival: Arrival) throws(StoreError) {
    upsert = try connection.prepare(Self.table.upsert(of: arrival))
  }

  /// Adds DNS facts, sorted by key so that neighbours in the tree follow each other.
  func add(
    _ facts: [DNSFact], recorders: inout Lexicon<String>, addresses: inout Lexicon<Address>,
    names: inout Lexicon<String>
  ) throws(StoreError) {
    for fact in facts.sorted(by: { $0.key < $1.key }) {
      let key = fact.key
      let activity = ActivityColumns(fact.activity)
      try upsert.bind(1, key.hour)
      try upsert.bind(2, try recorders.id(of: key.recorder))
      try upsert.bind(3, try addresses.id(of: key.asker))
      try upsert.bind(4, try addresses.id(of: key.answerer))
      try upsert.bind(5, try names.id(of: key.name))
      try upsert.bind(6, try addresses.id(of: key.address))
      try upsert.bind(7, activity.first)
      try upsert.bind(8, activity.span)
      try upsert.bind(9, activity.minutes)
      try upsert.run()
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
      let activity = ActivityColumns(from: row, at: 6)?.activity(hour: hour)
    else { return nil }
    let key = DNSFact.Key(
      hour: hour, recorder: recorder, asker: asker, answerer: answerer, name: name, address: address)
    return DNSFact(key: key, activity: activity)
  }
}
