internal import Traffic

/// The lists of the cluster's objects at rest.
struct ListTable: ~Copyable {
  /// Its columns, as in the schema.
  static let table = SealedTable("lists", key: ["moment", "body"])

  private let insert: Statement

  init(in connection: borrowing Connection) throws(StoreError) {
    insert = try connection.prepare("\(Self.table.insert) ON CONFLICT DO NOTHING")
  }

  /// Keeps lists; the same one twice is one.
  func keep(_ lists: [StoredList]) throws(StoreError) {
    for list in lists {
      try insert.bind(1, list.moment.nanoseconds)
      try insert.bind(2, list.body)
      try insert.run()
    }
  }

  /// All lists in the order of time, then of their bodies' bytes.
  static func read(
    from connection: borrowing Connection, noting refusals: inout Refusals
  ) throws(StoreError) -> [StoredList] {
    let statement = try connection.prepare("\(table.select) ORDER BY \(table.key.joined(separator: ", "))")
    var rows = Rows<StoredList>(of: table)
    while try statement.step() { rows.take(statement, as: list(in: statement)) }
    refusals.note(rows.refused)
    return rows.values
  }

  private static func list(in row: borrowing Statement) -> StoredList? {
    guard let moment = row.integer(0), let body = row.text(1) else { return nil }
    return StoredList(moment: Instant(nanoseconds: moment), body: body)
  }
}
