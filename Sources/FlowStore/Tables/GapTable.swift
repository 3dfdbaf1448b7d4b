internal import Traffic

/// When nothing was recorded, at rest.
struct GapTable: ~Copyable {
  /// Its columns, as in the schema.
  static let table = SealedTable("gaps", key: ["since", "until", "recorder"])

  private let insert: Statement

  init(in connection: borrowing Connection) throws(StoreError) {
    insert = try connection.prepare("\(Self.table.insert) ON CONFLICT DO NOTHING")
  }

  /// Adds gaps; the same one twice is one.
  func add(_ gaps: [Gap], recorders: inout Lexicon<String>) throws(StoreError) {
    for gap in gaps {
      // A clock that was set back in between makes the ends trade places; the gap is real all the same.
      try insert.bind(1, min(gap.from, gap.until).nanoseconds)
      try insert.bind(2, max(gap.from, gap.until).nanoseconds)
      try insert.bind(3, try recorders.id(of: gap.recorder))
      try insert.run()
    }
  }

  /// All gaps in the order of time.
  static func read(
    from connection: borrowing Connection, noting refusals: inout Refusals
  ) throws(StoreError) -> [Gap] {
    let recorders = try Glossary<String>(of: "recorders", in: connection, noting: &refusals)
    let statement = try connection.prepare(table.select)
    var rows = Rows<Gap>(of: table)
    while try statement.step() { rows.take(statement, as: gap(in: statement, recorders: recorders)) }
    rows.sort { ($0.from, $0.until, $0.recorder) < ($1.from, $1.until, $1.recorder) }
    refusals.note(rows.refused)
    return rows.values
  }

  private static func gap(in row: borrowing Statement, recorders: Glossary<String>) -> Gap? {
    guard let from = row.integer(0), let until = row.integer(1), from <= until,
      let recorder = recorders.word(row.integer(2))
    else { return nil }
    return Gap(
      recorder: recorder, from: Instant(nanoseconds: from), until: Instant(nanoseconds: until))
  }
}
