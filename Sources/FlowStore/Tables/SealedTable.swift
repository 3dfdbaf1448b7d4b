/// A table as SQL sees it: its key, its values, and the digest that each of its rows ends with.
struct SealedTable {
  /// A column that is no part of the key, and SQL for what it becomes when a row of this key comes again.
  ///
  /// SQL for both sees the row as it was, and the new one as `excluded`.
  struct Value {
    let name: String
    /// When there is more of it.
    let added: String
    /// When it comes from another store.
    let united: String
  }

  let name: String
  let key: [String]
  let values: [Value]

  init(_ name: String, key: [String], values: [Value] = []) {
    self.name = name
    self.key = key
    self.values = values
  }
}

extension SealedTable {
  /// Every column but the digest, in the order of the schema.
  var columns: [String] { key + values.map(\.name) }

  /// Adds a row; its columns are the parameters.
  var insert: String { "INSERT \(row)" }

  /// Adds a row, in place of one that is there.
  var replace: String { "REPLACE \(row)" }

  private var row: String {
    let parameters = (1...columns.count).map { "?\($0)" }.joined(separator: ", ")
    return "INTO \(name) VALUES (\(parameters), seal(\(parameters)))"
  }

  /// Adds a row, or merges it into the one that is there.
  ///
  /// A row that is not what was written stays so: a new digest would make it credible.
  func upsert(of arrival: Arrival) -> String {
    let merging = values.map { arrival == .more ? $0.added : $0.united }
    let settings = zip(values, merging).map { "\($0.name) = \($1)" }.joined(separator: ", ")
    let merged = (key + merging).joined(separator: ", ")
    return """
      \(insert) ON CONFLICT DO UPDATE SET \(settings),
        digest = CASE WHEN \(isWhole) THEN seal(\(merged)) ELSE digest END
      """
  }

  /// Reads rows: their columns, and then whether each is what was written.
  var select: String { "SELECT \(columns.joined(separator: ", ")), \(isWhole) FROM \(name)" }

  /// Reads rows: their columns and their digest, for those who work it out themselves.
  var selectUnchecked: String { "SELECT \(columns.joined(separator: ", ")), digest FROM \(name)" }

  /// SQL that tells whether a row is what was written.
  var isWhole: String { "digest = seal(\(columns.joined(separator: ", ")))" }

  /// Whether a row that `select` gave is what was written.
  func isWhole(_ row: borrowing Statement) -> Bool { row.integer(Int32(columns.count)) == 1 }

  /// The key of a row that `select` gave, whatever it holds, for people who look for it.
  func key(of row: borrowing Statement) -> String {
    key.enumerated().map { "\($1) \(row.words(Int32($0)))" }.joined(separator: ", ")
  }
}

extension SealedTable.Value {
  /// What is merged alike, whatever comes.
  init(name: String, merged: String) {
    self.init(name: name, added: merged, united: merged)
  }

  /// A count: the sum, up to the largest number there is; of two stores, the larger.
  ///
  /// A sum beyond it would become a floating-point number, which a STRICT table refuses. NULL stays NULL.
  static func count(_ name: String) -> Self {
    Self(
      name: name,
      added: """
        CASE WHEN \(name) > 9223372036854775807 - excluded.\(name)
        THEN 9223372036854775807 ELSE \(name) + excluded.\(name) END
        """,
      united: "max(\(name), excluded.\(name))")
  }

  /// What never changes while the key does not.
  static func fixed(_ name: String) -> Self { Self(name: name, merged: name) }
}
