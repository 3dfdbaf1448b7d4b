internal import CSQLite
internal import Glibc

/// Where a store is made under a name that nobody looks for, until it is whole.
///
/// It is locked for as long as whoever makes it lives, so that one without a lock was left by somebody who was ended.
/// Every `unsafe` hands a path over as a C string, or a value of ours to write, for the length of the call.
struct StoreDraft: ~Copyable {
  /// Where it is made; errors name the place that it is made for.
  let place: StorePath
  private let final: StorePath
  private let descriptor: Int32

  init(of final: StorePath) throws(StoreError) {
    for _ in 0..<Self.tries {
      let place = final.beside(".\(String(UInt64.random(in: .min ... .max), radix: 36))\(Self.ending)")
      let descriptor = unsafe open(place.resolved, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
      if descriptor < 0, errno == EEXIST { continue }
      guard descriptor >= 0 else { throw final.refusal(errno) }
      // Until it is locked it looks like one that was left, and somebody may just be taking it away.
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0, Self.stillNames(place.resolved, descriptor) {
        self.final = final
        self.place = place
        self.descriptor = descriptor
        return
      }
      close(descriptor)
    }
    throw .busy(path: final.given)
  }

  deinit {
    Self.remove(place.resolved)
    close(descriptor)
  }

  /// Gives it its name, which must still be free; on the disk when this returns.
  func settle() throws(StoreError) {
    // What SQLite could not fold in would be lost with its name.
    guard unsafe access(place.resolved + "-wal", F_OK) != 0 else {
      throw .failed(path: final.given, code: SQLITE_IOERR, message: "the log could not be folded in")
    }
    // A link and not a renaming, which would replace what somebody else put there meanwhile.
    guard unsafe link(place.resolved, final.resolved) == 0 else { throw final.refusal(errno) }
    let folder = unsafe open(final.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw final.refusal(errno) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw final.refusal(errno) }
  }
}

extension StoreDraft {
  /// Removes the drafts of a store whose makers were ended; what can't be looked at stays.
  static func removeLeft(of final: StorePath) {
    guard let folder = unsafe opendir(final.folder) else { return }
    defer { unsafe _ = closedir(folder) }
    let start = final.beside(".").resolved
    var left: [String] = []
    while let entry = unsafe readdir(folder) {
      // The name ends with a zero within the entry.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      let path = final.folder == "/" ? "/\(name)" : "\(final.folder)/\(name)"
      if isDraft(path, startingWith: start) { left.append(path) }
    }
    for path in left {
      // Not one that somebody put there who is no maker of drafts: a plain file, and no way to wait for one.
      let descriptor = unsafe open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0, stillNames(path, descriptor) { remove(path) }
    }
  }

  /// Whether a path is the name of a draft itself, and not of what SQLite puts beside it.
  private static func isDraft(_ path: String, startingWith start: String) -> Bool {
    guard path.hasPrefix(start), path.hasSuffix(ending) else { return false }
    let number = path.utf8.dropFirst(start.utf8.count).dropLast(ending.utf8.count)
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    return (1...13).contains(number.count)
      && number.allSatisfy { letters.contains($0) || digits.contains($0) }
  }

  /// The draft goes last: without it nobody would find the others.
  private static func remove(_ path: String) {
    for beside in ["-wal", "-shm", "-journal", "-ballast", ""] { unsafe _ = unlink(path + beside) }
  }

  /// Whether a path still means the plain file that is open.
  private static func stillNames(_ path: String, _ descriptor: Int32) -> Bool {
    var named = stat()
    var held = stat()
    return unsafe lstat(path, &named) == 0 && fstat(descriptor, &held) == 0 && named.st_ino == held.st_ino
      && named.st_dev == held.st_dev && named.st_mode & S_IFMT == S_IFREG
  }

  private static let ending = ".draft"
  /// Nobody meets another's draft twice.
  private static let tries = 8
}
