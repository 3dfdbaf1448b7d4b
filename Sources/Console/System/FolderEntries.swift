import Glibc

// What a folder holds, and how it changes: the calls that take a folder and a name in it.
extension Descriptor {
  /// Asks whether files may be made in this folder.
  func requireWritable() throws(SystemError) {
    _ = try SystemError.check {
      // In bounds: the literal ends with NUL.
      unsafe faccessat(number, ".", W_OK | X_OK, AT_EACCESS)
    }
  }

  /// The names in this folder but `.` and `..`, sorted by their bytes; nil where there are more than `limit`.
  func names(limit: Int) throws(SystemError) -> [RawPath]? {
    // A handle of its own: the listing moves the place that reading goes on from.
    let handle = try SystemError.check {
      // In bounds: the literal ends with NUL.
      unsafe openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard let stream = unsafe fdopendir(handle) else {
      let failure = SystemError(errno)
      _ = close(handle)
      throw failure
    }
    // The stream owns the handle from here on and is closed once.
    defer { unsafe _ = closedir(stream) }
    var names: [RawPath] = []
    while true {
      errno = 0
      // The entry stays valid until the next call on this stream.
      guard let entry = unsafe readdir(stream) else {
        if errno != 0 { throw SystemError(errno) }
        return names.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
      }
      // In bounds: the system ends every name with NUL inside the field.
      let bytes = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
      guard let name = RawPath(bytes: bytes), name.text != ".", name.text != ".." else { continue }
      guard names.count < limit else { return nil }
      names.append(name)
    }
  }

  /// Where a link in this folder leads, as it is written there.
  func target(ofLink name: RawPath) throws(SystemError) -> RawPath {
    let bytes = name.terminated
    var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
    // In bounds: the name ends with NUL, and the call is given the buffer's own address and size.
    let count = try SystemError.check {
      unsafe target.withUnsafeMutableBytes { buffer in
        guard let start = buffer.baseAddress else { return 0 }
        return unsafe readlinkat(number, bytes, start, buffer.count)
      }
    }
    guard let path = RawPath(bytes: Array(target[..<count])) else { throw SystemError(ENOENT) }
    return path
  }

  /// Gives a file of this folder the name of another, replacing what had it.
  func rename(_ old: RawPath, to new: RawPath) throws(SystemError) {
    let from = old.terminated
    let to = new.terminated
    // In bounds: both names end with NUL and live through the call.
    _ = try SystemError.check { unsafe renameat(number, from, number, to) }
  }

  /// Takes a file out of this folder.
  func remove(_ name: RawPath) throws(SystemError) {
    let bytes = name.terminated
    // In bounds: the name ends with NUL and lives through the call.
    _ = try SystemError.check { unsafe unlinkat(number, bytes, 0) }
  }

  /// Makes a folder, from the working directory; false where something has that name already.
  static func makeFolder(_ path: RawPath) throws(SystemError) -> Bool {
    try makeFolder(path, in: AT_FDCWD)
  }

  /// Makes a folder in this one; false where something has that name already.
  func makeFolder(_ name: RawPath) throws(SystemError) -> Bool {
    try Self.makeFolder(name, in: number)
  }

  private static func makeFolder(_ path: RawPath, in folder: Int32) throws(SystemError) -> Bool {
    let bytes = path.terminated
    do {
      // In bounds: the path ends with NUL and lives through the call.
      _ = try SystemError.check { unsafe mkdirat(folder, bytes, 0o777) }
      return true
    } catch {
      guard error.code == EEXIST else { throw error }
      return false
    }
  }

  /// Takes an empty folder out of this one.
  func removeFolder(_ name: RawPath) throws(SystemError) {
    let bytes = name.terminated
    // In bounds: the name ends with NUL and lives through the call.
    _ = try SystemError.check { unsafe unlinkat(number, bytes, AT_REMOVEDIR) }
  }

  /// Takes an empty folder away.
  static func removeFolder(_ path: RawPath) throws(SystemError) {
    let bytes = path.terminated
    // In bounds: the path ends with NUL and lives through the call.
    _ = try SystemError.check { unsafe rmdir(bytes) }
  }
}
