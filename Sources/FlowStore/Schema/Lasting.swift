extension Migration {
  /// Version 6.
  ///
  /// A tally may tell for how long after its last moment anything was seen (`Tables/TallyBytes.swift`): a connection
  /// that is open for days stands under the hour in which it began, and is not old while it is in use. What older
  /// versions kept is as it was, and only a program that knows the longer form may read what is written from now on.
  static let lasting = Migration(name: "for how long conversations were seen", sql: "")
}
