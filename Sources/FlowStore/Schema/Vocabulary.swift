extension Migration {
  /// Version 7.
  ///
  /// Rows may say what programs of version 6 have no word for, and would take for damage: why frames taught nothing,
  /// kinds of objects, and the mark of a fact that was sent in another's name (`Tables/FactRow.swift`). What older
  /// versions kept is as it was. Whoever adds a word adds a version.
  static let vocabulary = Migration(name: "words that older programs do not know", sql: "")
}
