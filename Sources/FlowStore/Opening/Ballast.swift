internal import Glibc

/// A file beside a store that somebody writes to: room kept for a full disk, and the sign that somebody writes.
///
/// It goes when its writer closes the store, and its lock goes with the process. So one that is there without a lock was
/// left by a writer that was ended. Every `unsafe` hands over a path as a C string, or a value of ours to write, for the
/// length of the call.
struct Ballast: ~Copyable {
  private let path: String
  private let descriptor: Int32
  /// Whether the last writer left it.
  let wasLeft: Bool
  /// Whether it holds room.
  private(set) var isLoaded = false

  /// Takes the ballast of a store; nil where another writer holds it, or none can be made.
  init?(of place: StorePath) {
    let path = Self.path(place)
    let made = unsafe open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
    let descriptor = made >= 0 ? made : unsafe open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    // The one that is locked may have lost its name meanwhile: then it was closed, and whoever comes next makes another.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, Self.stillNames(path, descriptor) else {
      Glibc.close(descriptor)
      return nil
    }
    var store = stat()
    if unsafe lstat(place.resolved, &store) == 0 { fchmod(descriptor, store.st_mode & 0o666) }
    self.path = path
    self.descriptor = descriptor
    wasLeft = made < 0
  }

  deinit {
    unsafe _ = unlink(path)
    Glibc.close(descriptor)
  }

  /// Whether a writer left its ballast beside a store, and nobody writes now.
  static func isLeft(beside place: StorePath) -> Bool { isLocked(beside: place) == false }

  /// Whether somebody writes to a store now.
  static func isHeld(beside place: StorePath) -> Bool { isLocked(beside: place) == true }

  /// Whether the ballast of a store is locked; nil where there is none.
  private static func isLocked(beside place: StorePath) -> Bool? {
    let descriptor = unsafe open(path(place), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { Glibc.close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0
  }

  /// Keeps room, where there is some.
  mutating func load() {
    isLoaded = posix_fallocate(descriptor, 0, Self.size) == 0
    if !isLoaded { unload() }
  }

  /// Gives the room away.
  mutating func unload() {
    ftruncate(descriptor, 0)
    isLoaded = false
  }

  private static func stillNames(_ path: String, _ descriptor: Int32) -> Bool {
    var named = stat()
    var held = stat()
    return unsafe lstat(path, &named) == 0 && fstat(descriptor, &held) == 0 && named.st_ino == held.st_ino
      && named.st_mode & S_IFMT == S_IFREG
  }

  private static func path(_ place: StorePath) -> String { place.resolved + "-ballast" }

  /// Enough for the row that says what could not be saved, and the pages on the way to it.
  private static let size: off_t = 1 << 20
}
