extension Store {
  /// The last hour of which there is a fact that is what was written; nil where there is none.
  ///
  /// A row that somebody put there must not make everything else old.
  public func lastHour() throws(StoreError) -> Int64? {
    guard isFilled else { return nil }
    let table = FactTable.table
    let last = try connection.prepare(
      "SELECT hour FROM \(table.name) WHERE \(table.isWhole) ORDER BY hour DESC LIMIT 1")
    return try last.step() ? last.integer(0) : nil
  }

  /// Forgets what was recorded before an hour; files that were imported, counts of frames and objects stay.
  ///
  /// The space is used again for what comes; the file does not get smaller.
  public mutating func forget(before hour: Int64) throws(StoreError) -> Forgotten {
    try begin()
    do throws(StoreError) {
      let facts = try delete("FROM facts WHERE hour < \(hour)")
      let names = try delete("FROM dns WHERE hour < \(hour)")
      let moment = hour.multipliedReportingOverflow(by: 3_600_000_000_000)
      let start = moment.overflow ? (hour < 0 ? Int64.min : .max) : moment.partialValue
      let forgotten = Forgotten(
        facts: facts, names: names,
        losses: try delete("FROM losses WHERE since < \(start) AND until < \(start)"),
        gaps: try delete("FROM gaps WHERE since < \(start) AND until < \(start)"))
      if facts > 0 || names > 0 { try forgetWords() }
      try connection.execute("COMMIT")
      writer?.forget()
      return forgotten
    } catch {
      undo()
      throw error
    }
  }

  /// Forgets words that no row names any more; their numbers may be given out anew.
  private func forgetWords() throws(StoreError) {
    let users = [
      "recorders": [("facts", "recorder"), ("dns", "recorder")]
        + [("losses", "recorder"), ("gaps", "recorder"), ("passed", "recorder"), ("imports", "recorder")],
      "addresses": [("facts", "client"), ("facts", "server"), ("facts", "dialled")]
        + [("dns", "asker"), ("dns", "answerer"), ("dns", "address")],
      "names": [("dns", "name")],
    ]
    for (words, columns) in users {
      let used = columns.map { "SELECT \($1) FROM \($0)" }.joined(separator: " UNION ")
      try connection.execute("DELETE FROM \(words) WHERE id NOT IN (\(used))")
    }
  }

  private func delete(_ rows: String) throws(StoreError) -> Int64 {
    try connection.execute("DELETE \(rows)")
    return try connection.integer("SELECT changes()")
  }
}
