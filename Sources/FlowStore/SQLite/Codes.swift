internal import CSQLite
internal import Glibc

extension StoreError {
  /// What a result code of SQLite means for the person who waits.
  ///
  /// The handle must be the live one that the code came from.
  @unsafe init(path: String, code: Int32, handle: OpaquePointer?) {
    // Both answers come from a handle that lives during the call; the message is copied at once.
    var system = unsafe sqlite3_system_errno(handle)
    // By now the number is another one; where files may not grow, a write fails for that.
    if code == Self.cannotWrite, Self.isSizeLimited { system = EFBIG }
    let message = unsafe sqlite3_errmsg(handle).map { unsafe String(cString: $0) } ?? "out of memory"
    self = Self.meaning(path: path, code: code, system: system, message: message)
  }

  /// The case that a result code belongs to; `system` is the errno of the last call to the system that failed.
  static func meaning(path: String, code: Int32, system: Int32, message: String) -> StoreError {
    // SQLite reports most of a full disk as SQLITE_FULL, but not what fails in sync or in the shared memory.
    let primary = code & 0xFF
    let isFull = primary == SQLITE_FULL
    let isSystem = primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN
    let hasNoRoom = system == ENOSPC || system == EDQUOT || system == EFBIG
    if isFull || isSystem && hasNoRoom { return .full(path: path) }
    if code == cannotOpenSymlink { return .symbolicLink(path: path) }
    switch primary {
    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: return .busy(path: path)
    case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT: return .damaged(path: path, message: message)
    // The statements are ours and right, so it is the schema that lacks a table or a column.
    case SQLITE_ERROR, SQLITE_SCHEMA: return .damaged(path: path, message: message)
    case SQLITE_PERM, SQLITE_READONLY, SQLITE_AUTH: return .denied(path: path)
    case SQLITE_CANTOPEN where system == EACCES || system == EPERM || system == EROFS:
      return .denied(path: path)
    default: return .failed(path: path, code: code, message: message)
    }
  }

  private static var isSizeLimited: Bool {
    var limit = rlimit()
    // `limit` is ours to write.
    return unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 && limit.rlim_cur < .max
  }

  /// `SQLITE_IOERR_WRITE`, an expression that Swift can't import.
  private static let cannotWrite = SQLITE_IOERR | 3 << 8

  /// `SQLITE_CANTOPEN_SYMLINK`, an expression that Swift can't import.
  private static let cannotOpenSymlink = SQLITE_CANTOPEN | 6 << 8
}
