/// What was refused of each table when it was last read.
struct Refusals {
  private var tables: [String: RefusedRows] = [:]

  /// Notes what a reading of a table refused, in place of what the last reading did.
  mutating func note(_ refused: RefusedRows) { tables[refused.table] = refused }

  /// The tables of which something was refused, by name.
  var all: [RefusedRows] { tables.values.filter { $0.count > 0 }.sorted { $0.table < $1.table } }
}
