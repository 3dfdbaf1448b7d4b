internal import Traffic

extension Store {
  /// The last hours in which a conversation began that is what was written, the latest first, and how many rows each has.
  ///
  /// A row that somebody put there must not make everything else old.
  public func latestHours(_ count: Int) throws(StoreError) -> [(hour: Int64, facts: Int)] {
    guard isFilled else { return [] }
    let table = FactTable.table
    // A few looks into the tree, where to group by hours would read all of it.
    let next = try connection.prepare(
      "SELECT hour FROM \(table.name) WHERE hour < ?1 AND \(table.isWhole) ORDER BY hour DESC LIMIT 1")
    let size = try connection.prepare("SELECT count(*) FROM \(table.name) WHERE hour = ?1")
    var found: [(hour: Int64, facts: Int)] = []
    while found.count < count {
      try next.bind(1, found.last?.hour ?? .max)
      guard try next.step(), let hour = next.integer(0) else { break }
      next.reset()
      try size.bind(1, hour)
      found.append((hour, try size.step() ? size.integer(0, as: Int.self) ?? 0 : 0))
      size.reset()
    }
    return found
  }

  /// Forgets what was seen for the last time before an hour; files that were imported, counts of frames and objects stay.
  ///
  /// A conversation that began earlier and was seen in that hour or later stays, and so do names of whom it is with. The
  /// space is used again for what comes; the file does not get smaller.
  public mutating func forget(before hour: Int64) throws(StoreError) -> Forgotten {
    try begin()
    do throws(StoreError) {
      let facts = try delete(Self.oldFacts(before: hour))
      let names = try delete(Self.oldNames(before: hour))
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

  /// The facts of hours before this one but for those that were seen since: a range of the key, in which nothing stays
  /// for long.
  static func oldFacts(before hour: Int64) -> String {
    let minute = hour.multipliedReportingOverflow(by: 60)
    let start = minute.overflow ? (hour < 0 ? Int64.min : .max) : minute.partialValue
    // A row that is not what was written may say that it lasts for ever.
    let isSeenSince = "last_minute(hour, tally) >= \(start) AND \(FactTable.table.isWhole)"
    return "FROM facts WHERE hour < \(hour) AND NOT coalesce(\(isSeenSince), 0)"
  }

  /// The names of hours before this one but for those of addresses that a fact of such an hour is about.
  static func oldNames(before hour: Int64) -> String {
    let used = ["server", "dialled"].map { "SELECT \($0) FROM facts WHERE hour < \(hour)" }
    return "FROM dns WHERE hour < \(hour) AND address NOT IN (\(used.joined(separator: " UNION ")))"
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
