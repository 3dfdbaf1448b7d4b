internal import Traffic

/// What was missed, at rest.
struct LossTable: ~Copyable {
  /// Its columns, as in the schema.
  static let table = SealedTable(
    "losses", key: ["since", "until", "recorder", "interface"],
    values: [.count("received"), .count("dropped")])

  private let upsert: Statement

  init(in connection: borrowing Connection, for arrival: Arrival) throws(StoreError) {
    upsert = try connection.prepare(Self.table.upsert(of: arrival))
  }

  /// Adds losses; of two for the same stretch the counts are added, and unknown stays unknown.
  func add(_ losses: [Loss], recorders: inout Lexicon<String>) throws(StoreError) {
    for loss in losses {
      // A clock that was set back in between makes the ends trade places; the loss is real all the same.
      try upsert.bind(1, min(loss.from, loss.until).nanoseconds)
      try upsert.bind(2, max(loss.from, loss.until).nanoseconds)
      try upsert.bind(3, try recorders.id(of: loss.recorder))
      try upsert.bind(4, Int64(loss.interface))
      try upsert.bind(5, Int64(clamping: loss.received))
      try upsert.bind(6, loss.dropped.map { Int64(clamping: $0) })
      try upsert.run()
    }
  }

  /// All losses in the order of time.
  static func read(
    from connection: borrowing Connection, noting refusals: inout Refusals
  ) throws(StoreError) -> [Loss] {
    let recorders = try Glossary<String>(of: "recorders", in: connection, noting: &refusals)
    let statement = try connection.prepare(table.select)
    var rows = Rows<Loss>(of: table)
    while try statement.step() { rows.take(statement, as: loss(in: statement, recorders: recorders)) }
    rows.sort {
      ($0.from, $0.until, $0.recorder, $0.interface) < ($1.from, $1.until, $1.recorder, $1.interface)
    }
    refusals.note(rows.refused)
    return rows.values
  }

  private static func loss(in row: borrowing Statement, recorders: Glossary<String>) -> Loss? {
    guard let from = row.integer(0), let until = row.integer(1), from <= until,
      let recorder = recorders.word(row.integer(2)),
      let interface = row.integer(3, as: UInt32.self), let received = row.integer(4, as: UInt64.self)
    else { return nil }
    let dropped = row.integer(5, as: UInt64.self)
    guard dropped != nil || row.isNull(5) else { return nil }
    return Loss(
      recorder: recorder, interface: interface, from: Instant(nanoseconds: from),
      until: Instant(nanoseconds: until), received: received, dropped: dropped)
  }
}
