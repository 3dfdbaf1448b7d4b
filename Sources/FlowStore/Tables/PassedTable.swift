internal import Traffic

/// Frames that taught nothing, counted at rest.
struct PassedTable: ~Copyable {
  /// Its columns, as in the schema.
  static let table = SealedTable("passed", key: ["recorder", "reason"], values: [.count("frames")])

  private let upsert: Statement

  init(in connection: borrowing Connection, for arrival: Arrival) throws(StoreError) {
    upsert = try connection.prepare(Self.table.upsert(of: arrival))
  }

  /// Adds counts to those of the same recorder and reason.
  func add(_ passed: [PassedFrames], recorders: inout Lexicon<String>) throws(StoreError) {
    for frames in passed where frames.count > 0 {
      try upsert.bind(1, try recorders.id(of: frames.recorder))
      try upsert.bind(2, frames.reason.rawValue)
      try upsert.bind(3, Int64(clamping: frames.count))
      try upsert.run()
    }
  }

  /// All counts, by recorder, then reason.
  static func read(
    from connection: borrowing Connection, noting refusals: inout Refusals
  ) throws(StoreError) -> [PassedFrames] {
    let recorders = try Glossary<String>(of: "recorders", in: connection, noting: &refusals)
    let statement = try connection.prepare(table.select)
    var rows = Rows<PassedFrames>(of: table)
    while try statement.step() { rows.take(statement, as: frames(in: statement, recorders: recorders)) }
    rows.sort { ($0.recorder, $0.reason.rawValue) < ($1.recorder, $1.reason.rawValue) }
    refusals.note(rows.refused)
    return rows.values
  }

  private static func frames(in row: borrowing Statement, recorders: Glossary<String>) -> PassedFrames? {
    guard let recorder = recorders.word(row.integer(0)),
      let reason = row.text(1).flatMap(Passed.init(rawValue:)),
      let count = row.integer(2, as: UInt64.self), count > 0
    else { return nil }
    return PassedFrames(recorder: recorder, reason: reason, count: count)
  }
}
