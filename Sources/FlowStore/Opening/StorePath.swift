internal import CSQLite
internal import Glibc

/// Where a store is or shall be: a plain file in a folder that exists.
struct StorePath {
  /// The path as the user gave it, which errors name.
  let given: String
  /// The same without symbolic links in its folder.
  ///
  /// A link in the folder is the user's own business (`/var/run`); one in the last place is refused, by SQLite as well.
  let resolved: String
  /// The folder it stands in, without symbolic links.
  let folder: String

  init(_ given: String) throws(StoreError) {
    self.given = given
    let cut = given.utf8.lastIndex(of: UInt8(ascii: "/"))
    let name = cut.map { given[given.utf8.index(after: $0)...] } ?? given[...]
    guard !name.isEmpty, name != ".", name != "..", !given.utf8.contains(0) else {
      throw .notAFile(path: given)
    }
    let folder = cut.map { $0 == given.startIndex ? "/" : String(given[..<$0]) } ?? "."
    // A C string in, and one out that is ours to free.
    guard let found = unsafe realpath(folder, nil) else {
      throw errno == EACCES ? .denied(path: given) : .missingFolder(path: given)
    }
    defer { unsafe free(found) }
    let whole = unsafe String(cString: found)
    self.folder = whole
    resolved = whole == "/" ? "/\(name)" : "\(whole)/\(name)"
  }

  private init(given: String, resolved: String, folder: String) {
    self.given = given
    self.resolved = resolved
    self.folder = folder
  }

  /// A hidden file in the same folder, which errors do not name.
  func beside(_ ending: String) -> StorePath {
    let name = resolved.split(separator: "/").last ?? ""
    return StorePath(
      given: given, resolved: (folder == "/" ? "/." : folder + "/.") + name + ending, folder: folder)
  }

  /// Makes sure that a plain file stands there, new and private when `isWanted` and nothing does.
  func settle(creating isWanted: Bool) throws(StoreError) {
    if try exists() { return }
    guard isWanted else { throw .missing(path: given) }
    // 0600 from the first moment; SQLite gives `-wal` and `-shm` the mode of this file. O_EXCL follows no link.
    let descriptor = unsafe open(resolved, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    if descriptor >= 0 {
      close(descriptor)
      return
    }
    // Somebody was faster: then what they made must be a plain file too.
    if errno == EEXIST, try exists() { return }
    throw refusal(errno)
  }

  /// Whether a plain file stands there; anything else that does is refused.
  func exists() throws(StoreError) -> Bool {
    var status = stat()
    // The path is a C string for the length of the call; `status` is ours to write.
    guard unsafe lstat(resolved, &status) == 0 else {
      if errno == ENOENT { return false }
      throw refusal(errno)
    }
    switch status.st_mode & S_IFMT {
    // SQLite takes a file of one byte for an empty one and would write over it.
    case S_IFREG where status.st_size == 1: throw .foreign(path: given)
    case S_IFREG: return true
    case S_IFLNK: throw .symbolicLink(path: given)
    default: throw .notAFile(path: given)
    }
  }

  /// Whether there is room for what SQLite maps into memory, tried with a file that never gets a name.
  ///
  /// A page of a mapped file that the disk has no room for ends the process (SIGBUS) where a write would be refused.
  /// Where it can't be tried there is hope.
  var hasRoomForIndex: Bool {
    // The path is a C string for the length of the call. `__O_TMPFILE` is not among what Swift sees.
    let descriptor = unsafe open(folder, 0o20000000 | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    // Twice the first part of the index.
    let answer = posix_fallocate(descriptor, 0, 1 << 16)
    return answer != ENOSPC && answer != EDQUOT
  }

  /// Whether a log stands beside it that holds something.
  var hasLog: Bool {
    var status = stat()
    // The path is a C string for the length of the call; `status` is ours to write.
    return unsafe lstat(resolved + "-wal", &status) == 0 && status.st_size > 0
  }

  /// What an answer of the system means here.
  func refusal(_ number: Int32) -> StoreError {
    switch number {
    case EACCES, EPERM, EROFS: .denied(path: given)
    case ENOSPC, EDQUOT: .full(path: given)
    case ENOENT, ENOTDIR: .missingFolder(path: given)
    default:
      // The answer lives until the next call; it is copied at once.
      .failed(path: given, code: SQLITE_CANTOPEN, message: unsafe String(cString: strerror(number)))
    }
  }
}
