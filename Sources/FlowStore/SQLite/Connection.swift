internal import CSQLite

/// An open database, closed when it goes.
///
/// Every `unsafe` here hands SQLite the handle that this value alone owns and closes.
@safe struct Connection: ~Copyable {
  /// The file, as errors name it.
  let path: String
  private let handle: OpaquePointer

  /// Opens a file that exists and is no symbolic link; no byte of it is changed, locked or believed yet.
  init(toExisting path: String, named name: String) throws(StoreError) {
    try self.init(path, SQLITE_OPEN_READWRITE, named: name)
  }

  /// Opens a file that nobody changes while it is open, and takes no lock on it and puts nothing beside it.
  init(toUnchanging path: String, named name: String) throws(StoreError) {
    let escaped = path.utf8.map { byte in
      let isPlain =
        byte == UInt8(ascii: "/") || byte >= 0x30 && byte <= 0x39 || byte >= 0x41 && byte <= 0x5A
        || byte >= 0x61 && byte <= 0x7A
      let digits = String(byte, radix: 16)
      return isPlain ? String(UnicodeScalar(byte)) : (byte < 16 ? "%0" : "%") + digits
    }.joined()
    try self.init("file:\(escaped)?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, named: name)
  }

  private init(_ path: String, _ way: Int32, named name: String) throws(StoreError) {
    var opened: OpaquePointer?
    let flags = way | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    // The path is a C string for the length of the call; `opened` is ours to write.
    let code = unsafe sqlite3_open_v2(path, &opened, flags, nil)
    guard let opened = unsafe opened else {
      throw .failed(path: name, code: code, message: "out of memory")
    }
    // The handle is open when the code says so.
    guard code == SQLITE_OK, unsafe Digest.teach(opened) == SQLITE_OK,
      unsafe TallyFunctions.teach(opened) == SQLITE_OK
    else {
      let failure = unsafe StoreError(path: name, code: sqlite3_extended_errcode(opened), handle: opened)
      unsafe sqlite3_close_v2(opened)
      throw failure
    }
    self.path = name
    unsafe handle = opened
    unsafe sqlite3_busy_timeout(handle, Self.patience)
    harden()
  }

  deinit {
    // Close waits for statements that still live (`close_v2`), so the order of going does not matter.
    unsafe sqlite3_close_v2(handle)
  }

  /// Whether the system lets us read the file alone.
  var isReadOnly: Bool { unsafe sqlite3_db_readonly(handle, "main") == 1 }

  /// Runs statements that answer nothing.
  func execute(_ sql: String) throws(StoreError) {
    // The text is a C string for the length of the call.
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw unsafe StoreError(path: path, code: code, handle: handle) }
  }

  /// A statement to run many times.
  func prepare(_ sql: String) throws(StoreError) -> Statement {
    var prepared: OpaquePointer?
    // The text is a C string for the length of the call, and SQLite reads up to its end.
    let code = unsafe sqlite3_prepare_v3(
      handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK, let prepared = unsafe prepared else {
      throw unsafe StoreError(path: path, code: code, handle: handle)
    }
    return unsafe Statement(owning: prepared, path: path)
  }

  /// The integer that a query answers in its first row, 0 when it answers none.
  func integer(_ sql: String) throws(StoreError) -> Int64 {
    let statement = try prepare(sql)
    return try statement.step() ? statement.integer(0) ?? 0 : 0
  }

  /// The text that a query answers in its first row.
  func text(_ sql: String) throws(StoreError) -> String? {
    let statement = try prepare(sql)
    return try statement.step() ? statement.text(0) : nil
  }

  /// Ends a transaction as if it had never begun; SQLite may have done so by itself when the disk was full.
  func rollBack() {
    unsafe _ = sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
  }

  /// Says whether the last one to close folds the log into the file.
  ///
  /// It must not while we don't know whether the file is ours to change.
  func foldsLogOnClose(_ isWanted: Bool) {
    unsafe _ = netpol_configure(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, isWanted ? 0 : 1)
  }

  /// The first bytes of the file as they stand on disk, fewer when it is shorter.
  ///
  /// Read through SQLite's own descriptor: to close another one of the same file would drop every lock this process
  /// holds on it (POSIX advisory locks), and no statement has run yet that could change the file.
  func firstBytes(_ count: Int) throws(StoreError) -> [UInt8] {
    var found: UnsafeMutablePointer<sqlite3_file>?
    // SQLITE_FCNTL_FILE_POINTER writes one pointer, which `found` has room for; it lives as long as the handle.
    var code = unsafe sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &found)
    guard code == SQLITE_OK, let file = unsafe found, let methods = unsafe file.pointee.pMethods,
      let measure = unsafe methods.pointee.xFileSize, let read = unsafe methods.pointee.xRead
    else { throw unsafe StoreError(path: path, code: code, handle: handle) }
    var size: sqlite3_int64 = 0
    code = unsafe measure(file, &size)
    guard code == SQLITE_OK else { throw unsafe StoreError(path: path, code: code, handle: handle) }
    var bytes = [UInt8](repeating: 0, count: Int(min(Int64(count), max(0, size))))
    guard !bytes.isEmpty else { return [] }
    // Exactly as many bytes are asked for as the array holds.
    code = unsafe bytes.withUnsafeMutableBytes { room in
      unsafe read(file, room.baseAddress, Int32(room.count), 0)
    }
    guard code == SQLITE_OK else { throw unsafe StoreError(path: path, code: code, handle: handle) }
    return bytes
  }

  /// What a hostile file could use is off: triggers, views, functions in its schema, writes to its schema.
  private func harden() {
    // These can fail only for an option that SQLite does not know, and it knows them since 3.30 (2019).
    unsafe _ = netpol_configure(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
    unsafe _ = netpol_configure(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    unsafe _ = netpol_configure(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
    unsafe _ = netpol_configure(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0)
    foldsLogOnClose(false)
  }

  /// How many milliseconds to wait for another process's transaction, which is a short one.
  private static let patience: Int32 = 5_000
}
