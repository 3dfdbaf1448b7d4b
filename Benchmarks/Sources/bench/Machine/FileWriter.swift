import Console
import Glibc

/// A file that is written piece by piece.
struct FileWriter: ~Copyable {
  private let number: Int32
  private let path: String

  /// An empty file, in the place of what was there.
  init(_ path: String) throws {
    self.path = path
    // The path is a C string for the length of the call.
    number = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard number >= 0 else { throw Self.trouble(path) }
  }

  deinit { close(number) }

  /// Adds a piece.
  func write(_ piece: borrowing [UInt8]) throws {
    var done = 0
    while done < piece.count {
      // `done` is less than the piece's own count.
      let put = unsafe piece.withUnsafeBytes { bytes in
        unsafe Glibc.write(number, bytes.baseAddress?.advanced(by: done), bytes.count - done)
      }
      guard put > 0 || errno == EINTR else { throw Self.trouble(path) }
      done += max(0, put)
    }
  }

  private static func trouble(_ path: String) -> Complaint {
    Complaint("can't write `\(path)`: \(SystemError(errno))", exitCode: .machine)
  }
}
