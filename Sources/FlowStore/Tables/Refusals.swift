/// What was refused of each table when it was last read.
struct Refusals {
  private var tables: [String: RefusedRows] = [:]

  /// Notes what a reading of a table refused, in place of what the last reading did.
  mutating func note(_ refused: RefusedRows) { tables[refused.table] = refused }

  /// Notes what a reading of a further part of a table refused.
  mutating func add(_ refused: RefusedRows) {
    tables[refused.table, default: RefusedRows(of: refused.table)].add(refused)
  }

  /// Forgets what was refused of a table that is read anew.
  mutating func forget(_ table: SealedTable) { tables[table.name] = nil }

  /// The tables of which something was refused, by name.
  var all: [RefusedRows] { tables.values.filter { $0.count > 0 }.sorted { $0.table < $1.table } }
}
