internal import Synchronization

/// Facts and inventory in one SQLite file: what a learning run keeps.
///
/// A store belongs to one thread. Several processes may read it while one records.
public struct Store: ~Copyable {
  let connection: Connection
  var writer: Writer?
  /// The room that is kept while the store is open for writing; nil where another process keeps it.
  var ballast: Ballast?
  /// Whether there is room that this store keeps.
  var keepsRoom: Bool {
    switch ballast {
    case .some(let ballast): ballast.isLoaded
    case nil: false
    }
  }
  /// Whether anybody ever wrote to it; without, there are no tables to read.
  let isFilled: Bool
  /// Whether its last writer was ended before it closed the store, which was then looked through and found whole.
  public let wasLeftOpen: Bool
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
    // Nothing is left behind where there is no room to make one.
    if access == .writing, try !place.exists(), !place.hasRoomForIndex { throw .full(path: place.given) }
    try place.settle(creating: access == .writing)
    switch access {
    case .reading: try self.init(reading: place)
    case .writing: try self.init(writing: place)
    }
  }

  private init(writing place: StorePath) throws(StoreError) {
    var ballast = Ballast(of: place)
    // One that was left gives its room away, to open the store with.
    ballast?.unload()
    guard place.hasRoomForIndex else { throw .full(path: place.given) }
    let connection = try Self.prepared(
      Connection(toExisting: place.resolved, named: place.given), for: .writing)
    let wasLeftOpen = ballast?.wasLeft ?? false
    if wasLeftOpen { try connection.checkWhole() }
    let writer: Writer? = try Writer(to: connection, for: .more)
    ballast?.load()
    self.connection = connection
    self.writer = writer
    self.ballast = ballast
    self.wasLeftOpen = wasLeftOpen
    isFilled = true
  }

  private init(reading place: StorePath) throws(StoreError) {
    let connection = try Self.reader(of: place)
    let isFilled = try connection.integer("PRAGMA user_version") > 0
    let wasLeftOpen = Ballast.isLeft(beside: place)
    if wasLeftOpen { try connection.checkWhole() }
    self.connection = connection
    writer = nil
    ballast = nil
    self.wasLeftOpen = wasLeftOpen
    self.isFilled = isFilled
  }

  private static func reader(of place: StorePath) throws(StoreError) -> Connection {
    do throws(StoreError) {
      guard place.hasRoomForIndex else { throw StoreError.full(path: place.given) }
      return try prepared(Connection(toExisting: place.resolved, named: place.given), for: .reading)
    } catch {
      switch error {
      case .full:
        // Where somebody writes the index is there. Where nobody does, one that reads alone has it in its own memory.
        let connection = try Connection(toExisting: place.resolved, named: place.given)
        if !Ballast.isHeld(beside: place) { try connection.execute("PRAGMA locking_mode = EXCLUSIVE") }
        return try prepared(connection, for: .reading)
      // For an index that it may not make, SQLite keeps no number of the system.
      case .denied, .failed(_, code: cannotOpen, _):
        // Nobody may put a log or an index there, so nobody writes. What is in a log that was left can't be read.
        guard !place.hasLog else { throw .unfolded(path: place.given) }
        return try prepared(Connection(toUnchanging: place.resolved, named: place.given), for: .reading)
      default: throw error
      }
    }
  }

  /// SQLITE_CANTOPEN.
  private static let cannotOpen: Int32 = 14

  private static func prepared(
    _ connection: consuming Connection, for access: Access
  ) throws(StoreError) -> Connection {
    try Identity.check(connection)
    try access.prepare(connection)
    return connection
  }
}

extension Connection {
  /// Refuses a store whose tree is broken.
  fileprivate func checkWhole() throws(StoreError) {
    let found = try text("PRAGMA quick_check(1)") ?? "nothing could be checked"
    guard found == "ok" else { throw .damaged(path: path, message: found) }
  }
}
