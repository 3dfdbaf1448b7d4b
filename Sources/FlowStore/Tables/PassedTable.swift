internal import Traffic

/// Frames that taught nothing, counted at rest.
struct PassedTable: ~Copyable {
  private let upsert: Statement

  init(in connection: borrowing Connection) throws(StoreError) {
    upsert = try connection.prepare(
      "INSERT INTO passed VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET \(adding("frames"))")
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
  static func read(from connection: borrowing Connection) throws(StoreError) -> Rows<PassedFrames> {
    let recorders = try Glossary<String>(of: "recorders", in: connection)
    let statement = try connection.prepare("SELECT * FROM passed")
    var rows = Rows<PassedFrames>()
    while try statement.step() { rows.take(frames(in: statement, recorders: recorders)) }
    rows.sort { ($0.recorder, $0.reason.rawValue) < ($1.recorder, $1.reason.rawValue) }
    return rows
  }

  private static func frames(in row: borrowing Statement, recorders: Glossary<String>) -> PassedFrames? {
    guard let recorder = recorders.word(row.integer(0)),
      let reason = row.text(1).flatMap(Passed.init(rawValue:)),
      let count = row.integer(2, as: UInt64.self), count > 0
    else { return nil }
    return PassedFrames(recorder: recorder, reason: reason, count: count)
  }
}
