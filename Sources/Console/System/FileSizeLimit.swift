internal import Glibc

/// The limit to the size of files that a process may be started with (`ulimit -f`).
public enum FileSizeLimit {
  /// Makes a write beyond the limit fail, as on a full disk, where else it would end the process.
  public static func answersWrites() {
    // A handler that does nothing: with one, the write is answered with EFBIG.
    signal(SIGXFSZ) { _ in }
  }
}
