/// One step from a schema to the next.
///
/// Steps are only ever added at the end: a store counts how many it has seen, and stores of every count are out there.
struct Migration {
  /// What it brings, for people who read this.
  let name: String
  /// Its statements.
  let sql: String

  /// Every step, the oldest first.
  static let all: [Migration] = [
    .factsAndInventory, .digests, .tallies, .looks, .lists, .lasting, .vocabulary,
  ]

  /// Brings a store from whatever step it stands at to the last one, all in one transaction.
  static func apply(_ steps: [Migration], to connection: borrowing Connection) throws(StoreError) {
    if try connection.integer("PRAGMA user_version") == Int64(steps.count) { return }
    try connection.execute("BEGIN IMMEDIATE")
    do throws(StoreError) {
      // Asked again under the lock: another process may have done it meanwhile.
      let done = try connection.integer("PRAGMA user_version")
      guard (0...Int64(steps.count)).contains(done) else { throw .newer(path: connection.path) }
      for step in steps.dropFirst(Int(done)) { try connection.execute(step.sql) }
      try connection.execute("PRAGMA user_version = \(steps.count)")
      try connection.execute("COMMIT")
    } catch {
      connection.rollBack()
      throw error
    }
  }
}
