internal import CSQLite
internal import Glibc

/// Where a store is made under a name that nobody looks for, until it is whole.
///
/// Every `unsafe` hands a path over as a C string for the length of the call.
struct StoreDraft: ~Copyable {
  /// Where it is made; errors name the place that it is made for.
  let place: StorePath
  private let final: StorePath

  init(of final: StorePath) {
    self.final = final
    place = final.beside(".\(String(UInt64.random(in: .min ... .max), radix: 36))")
  }

  deinit {
    for ending in ["", "-wal", "-shm", "-journal", "-ballast"] { unsafe _ = unlink(place.resolved + ending) }
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
