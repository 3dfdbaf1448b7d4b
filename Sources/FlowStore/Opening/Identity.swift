/// What the first bytes of a file say it is, before SQLite believes any of it.
enum Identity {
  /// `NPLN`, at offset 68 of the header of every store (SQLite file format §1.3.14).
  static let applicationID: UInt32 = 0x4E50_4C4E

  /// Refuses a file that is not ours, or that a newer version wrote.
  ///
  /// An empty file is one that nobody wrote to yet. Our mark is written before anything else is, so a store killed at
  /// any later moment bears it.
  static func check(_ connection: borrowing Connection) throws(StoreError) {
    let header = try connection.firstBytes(100)
    if header.isEmpty { return }
    guard header.count == 100, header.starts(with: "SQLite format 3\0".utf8),
      bigEndian(header[68..<72]) == applicationID
    else { throw .foreign(path: connection.path) }
    try checkVersion(Int64(bigEndian(header[60..<64])), of: connection)
  }

  /// Refuses what a newer version wrote; `user_version` counts the migrations that were applied.
  static func checkVersion(_ version: Int64, of connection: borrowing Connection) throws(StoreError) {
    guard (0...Int64(Migration.all.count)).contains(version) else { throw .newer(path: connection.path) }
  }

  private static func bigEndian(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }
}
