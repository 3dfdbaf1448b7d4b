/// What a store is opened for.
public enum Access: Hashable, Sendable {
  /// One unchanging view of what was committed when it was opened; nothing is created.
  ///
  /// A capture may go on writing beside it.
  case reading
  /// To record; a store that is not there is created.
  case writing
}

extension Access {
  /// Makes a connection fit for this.
  func prepare(_ connection: borrowing Connection) throws(StoreError) {
    // Looks at every cell of a page before it is used: damage shows up as an error and not as a wrong row.
    try connection.execute("PRAGMA cell_size_check = ON")
    switch self {
    case .reading: try Self.prepareReading(connection)
    case .writing: try Self.prepareWriting(connection)
    }
  }

  private static func prepareReading(_ connection: borrowing Connection) throws(StoreError) {
    let version = try connection.integer("PRAGMA user_version")
    try Identity.checkVersion(version, of: connection)
    if version > 0, version < Migration.all.count, connection.isReadOnly {
      throw .outdated(path: connection.path)
    }
    if version > 0 {
      try Migration.apply(Migration.all, to: connection)
    }
    // What a killed writer left in the log may now be folded in.
    connection.foldsLogOnClose(true)
    try connection.execute("PRAGMA query_only = ON")
    // The transaction is never ended: its first read, which comes at once, is the moment that all later ones see.
    try connection.execute("BEGIN")
    _ = try connection.integer("PRAGMA user_version")
  }

  private static func prepareWriting(_ connection: borrowing Connection) throws(StoreError) {
    guard !connection.isReadOnly else { throw .denied(path: connection.path) }
    // NORMAL loses rows that were acknowledged when the power fails.
    try connection.execute("PRAGMA synchronous = FULL")
    // The mark comes first and in the file itself, not in the log, where `Identity` could not see it.
    if try connection.integer("PRAGMA application_id") == 0 {
      try connection.execute("PRAGMA application_id = \(Identity.applicationID)")
    }
    guard try connection.text("PRAGMA journal_mode = WAL") == "wal" else {
      throw .failed(path: connection.path, code: 0, message: "this file system can't hold a write-ahead log")
    }
    try Migration.apply(Migration.all, to: connection)
    connection.foldsLogOnClose(true)
  }
}
