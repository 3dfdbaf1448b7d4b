internal import Traffic

/// The cluster's objects at rest.
struct ObjectTable: ~Copyable {
  /// Its columns, as in the schema.
  static let table = SealedTable(
    "objects", key: ["kind", "namespace", "name", "uid", "look"],
    values: [
      SealedTable.Value(name: "version", merged: "max(version, excluded.version)"),
      SealedTable.Value(name: "since", merged: "min(since, excluded.since)"),
      newest("until"),
      SealedTable.Value(
        name: "told", merged: "max(ifnull(told, excluded.told), ifnull(excluded.told, told))"),
      newest("body"),
    ])

  /// What the newer of two versions says; where nobody counted versions, the later word.
  ///
  /// Of equal versions an end counts, then the later end, then the order of the texts: in that of the last moment that a
  /// pod was known at, where nothing else differs, and always the same whatever came first. Between two stores no word
  /// is the later one, counted or not.
  private static func newest(_ column: String) -> SealedTable.Value {
    let isLater = """
      (excluded.version, excluded.until IS NOT NULL, ifnull(excluded.until, 0), excluded.body)
        > (version, until IS NOT NULL, ifnull(until, 0), body)
      """
    return SealedTable.Value(
      name: column,
      added: """
        CASE WHEN excluded.version = 0 AND version = 0 OR \(isLater) THEN excluded.\(column) ELSE \(column) END
        """,
      united: "CASE WHEN \(isLater) THEN excluded.\(column) ELSE \(column) END")
  }

  private let upsert: Statement

  init(in connection: borrowing Connection, for arrival: Arrival) throws(StoreError) {
    upsert = try connection.prepare(Self.table.upsert(of: arrival))
  }

  /// Keeps objects: of each look of an object the newest version's body and end, and the earliest beginning anybody
  /// told.
  func keep(_ objects: some Sequence<StoredObject>) throws(StoreError) {
    for object in objects {
      try upsert.bind(1, object.kind)
      try upsert.bind(2, object.namespace)
      try upsert.bind(3, object.name)
      try upsert.bind(4, object.uid)
      try upsert.bind(5, object.look)
      try upsert.bind(6, object.version)
      try upsert.bind(7, object.from.nanoseconds)
      try upsert.bind(8, object.until?.nanoseconds)
      try upsert.bind(9, object.told?.nanoseconds)
      try upsert.bind(10, object.body)
      try upsert.run()
    }
  }

  /// All objects by kind, namespace, name, uid and look, in the order of their bytes.
  static func read(
    from connection: borrowing Connection, noting refusals: inout Refusals
  ) throws(StoreError) -> [StoredObject] {
    var objects: [StoredObject] = []
    try walk(connection, noting: &refusals) { objects.append($0) }
    return objects
  }

  /// Hands them over one after the other.
  static func walk(
    _ connection: borrowing Connection, noting refusals: inout Refusals, _ take: (StoredObject) -> Void
  ) throws(StoreError) {
    let statement = try connection.prepare("\(table.select) ORDER BY \(table.key.joined(separator: ", "))")
    var rows = Rows<StoredObject>(of: table)
    while try statement.step() {
      rows.take(statement, as: object(in: statement))
      rows.values.forEach(take)
      rows.empty()
    }
    refusals.note(rows.refused)
  }

  private static func object(in row: borrowing Statement) -> StoredObject? {
    guard let kind = row.text(0), let namespace = row.text(1), let name = row.text(2),
      let uid = row.text(3), let look = row.text(4), let version = row.integer(5), let from = row.integer(6),
      let body = row.text(9)
    else { return nil }
    let (until, told) = (row.integer(7), row.integer(8))
    guard until.map({ $0 >= from }) ?? row.isNull(7), told != nil || row.isNull(8) else { return nil }
    return StoredObject(
      kind: kind, namespace: namespace, name: name, uid: uid, look: look, version: version,
      from: Instant(nanoseconds: from), until: until.map { Instant(nanoseconds: $0) },
      told: told.map { Instant(nanoseconds: $0) }, body: body)
  }
}
