import Glibc

/// A pipe that holds bytes and has no writer any more, as a shell's `<(command)` leaves it.
final class Pipe {
  private let end: Int32

  /// Its path for whoever reads it, once.
  var path: String { "/dev/fd/\(end)" }

  /// A pipe with these bytes, of which there may be a mebibyte.
  init(_ bytes: [UInt8]) throws {
    var ends: [Int32] = [0, 0]
    // In bounds: the call fills the two numbers it is given.
    guard unsafe pipe(&ends) == 0 else { throw Failure.noPipe }
    end = ends[0]
    let writer = ends[1]
    defer { close(writer) }
    guard fcntl(writer, Self.setSize, 1 << 20) >= bytes.count else { throw Failure.noRoom }
    // In bounds: the count is the array's own.
    let written = unsafe bytes.withUnsafeBytes { unsafe write(writer, $0.baseAddress, $0.count) }
    guard written == bytes.count else { throw Failure.noRoom }
  }

  deinit { close(end) }

  /// Linux's F_SETPIPE_SZ, which Glibc's module hides.
  private static let setSize: Int32 = 1031

  enum Failure: Error {
    case noPipe
    case noRoom
  }
}
