internal import Synchronization

/// Facts and inventory in one SQLite file: what a learning run keeps.
///
/// A store belongs to one thread. Several processes may read it while one records.
public struct Store: ~Copyable {
  let connection: Connection
  var writer: Writer?
  /// Whether anybody ever wrote to it; without, there are no tables to read.
  let isFilled: Bool
  /// What the last reading of each table refused.
  let refused = Mutex(Refusals())

  /// Opens the store at a path.
  ///
  /// A file that is not a store, or a newer version's, is left as it is. A store of an older version is brought up to
  /// date first, also for reading.
  public init(at path: String, for access: Access) throws(StoreError) {
    try self.init(at: try StorePath(path), for: access)
  }

  init(at place: StorePath, for access: Access) throws(StoreError) {
    try place.settle(creating: access == .writing)
    let connection = try Connection(toExisting: place.resolved, named: place.given)
    try Identity.check(connection)
    let isFilled = try access.prepare(connection)
    let writer: Writer? = access == .writing ? try Writer(to: connection, for: .more) : nil
    self.connection = connection
    self.writer = writer
    self.isFilled = isFilled
  }
}
