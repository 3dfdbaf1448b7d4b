internal import Traffic

/// Which capture files are in the store.
struct ImportTable: ~Copyable {
  /// Its columns, as in the schema.
  static let table = SealedTable(
    "imports", key: ["fingerprint"],
    values: ["recorder", "name", "packets", "first", "last"].map { .fixed($0) })

  private let insert: Statement
  private let path: String

  init(in connection: borrowing Connection, for arrival: Arrival) throws(StoreError) {
    path = connection.path
    insert = try connection.prepare(
      arrival == .more
        ? "\(Self.table.insert) ON CONFLICT DO NOTHING RETURNING 1" : "\(Self.table.replace) RETURNING 1")
  }

  /// Adds files; one that is there already means that its facts are as well, and must not be counted twice.
  ///
  /// Of files from another store, each takes the place of the one that is there.
  func add(_ files: [ImportedFile], recorders: inout Lexicon<String>) throws(StoreError) {
    for file in files {
      try insert.bind(1, file.fingerprint)
      try insert.bind(2, try recorders.id(of: file.recorder))
      try insert.bind(3, file.name)
      try insert.bind(4, Int64(clamping: file.packets))
      try insert.bind(5, file.seen?.lowerBound.nanoseconds)
      try insert.bind(6, file.seen?.upperBound.nanoseconds)
      guard try insert.step() else { throw .alreadyImported(path: path, name: file.name) }
      try insert.run()
    }
  }

  /// Whether a file with this fingerprint was imported.
  static func contains(
    _ fingerprint: String, in connection: borrowing Connection
  ) throws(StoreError) -> Bool {
    let statement = try connection.prepare("SELECT 1 FROM imports WHERE fingerprint = ?1")
    try statement.bind(1, fingerprint)
    return try statement.step()
  }

  /// All files, by name.
  static func read(
    from connection: borrowing Connection, noting refusals: inout Refusals
  ) throws(StoreError) -> [ImportedFile] {
    let recorders = try Glossary<String>(of: "recorders", in: connection, noting: &refusals)
    let statement = try connection.prepare(table.select)
    var rows = Rows<ImportedFile>(of: table)
    while try statement.step() { rows.take(statement, as: file(in: statement, recorders: recorders)) }
    rows.sort { ($0.name, $0.fingerprint) < ($1.name, $1.fingerprint) }
    refusals.note(rows.refused)
    return rows.values
  }

  private static func file(in row: borrowing Statement, recorders: Glossary<String>) -> ImportedFile? {
    guard let fingerprint = row.text(0), let recorder = recorders.word(row.integer(1)),
      let name = row.text(2), let packets = row.integer(3, as: UInt64.self)
    else { return nil }
    var seen: ClosedRange<Instant>?
    if let first = row.integer(4), let last = row.integer(5), first <= last {
      seen = Instant(nanoseconds: first)...Instant(nanoseconds: last)
    } else {
      guard row.isNull(4), row.isNull(5) else { return nil }
    }
    return ImportedFile(
      fingerprint: fingerprint, recorder: recorder, name: name, packets: packets, seen: seen)
  }
}
