/// Adds rows to a table whose rows are a key of numbers and a tally, and sums them up on the way.
///
/// What the key sums up to is handed over: to sum up a row thrice in SQL would take half of the time.
struct TallyUpsert: ~Copyable {
  private let statement: Statement

  init(_ table: SealedTable, in connection: borrowing Connection, for arrival: Arrival) throws(StoreError) {
    let count = table.key.count
    let parameters = (1...count + 2).map { "?\($0)" }.joined(separator: ", ")
    let merge = arrival == .more ? "added" : "united"
    statement = try connection.prepare(
      """
      INSERT INTO \(table.name) VALUES (\(parameters)) ON CONFLICT DO UPDATE SET
        tally = \(merge)(tally, excluded.tally),
        digest = \(merge)_seal(?\(count + 3), digest, tally, excluded.tally)
      """)
  }

  /// Adds a row, or merges it into the one that is there.
  func run<let count: Int>(_ key: InlineArray<count, Int64>, _ tally: Tally) throws(StoreError) {
    var digest = Digest()
    var parameter: Int32 = 1
    for place in key.indices {
      try statement.bind(parameter, key[place])
      digest.add(key[place])
      parameter += 1
    }
    try statement.bind(parameter + 2, digest.stateBits)
    try TallyBytes(tally).look { bytes throws(StoreError) in
      try statement.bind(parameter, bytes)
      digest.add(bytes)
    }
    try statement.bind(parameter + 1, digest.value)
    try statement.run()
  }
}

extension SealedTable.Value {
  /// How many and when.
  static let tally = Self(
    name: "tally", added: "added(tally, excluded.tally)", united: "united(tally, excluded.tally)")
}
