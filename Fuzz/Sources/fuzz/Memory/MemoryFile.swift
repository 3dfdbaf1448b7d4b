import CFuzzer
import Glibc

/// Bytes that can be opened by a path, as a file or as a pipe, and are nowhere on a disk.
struct MemoryFile: ~Copyable {
  private let number: Int32

  deinit { close(number) }

  /// A file that holds these bytes.
  static func file(_ bytes: [UInt8]) -> MemoryFile {
    // The name is a C string for the length of the call.
    let file = MemoryFile(number: unsafe memfd_create("fuzz", 0))
    file.fill(bytes, file.number)
    return file
  }

  /// A pipe that gives these bytes and ends; it takes what fits into a pipe's buffer, which is 64 KiB.
  static func pipe(_ bytes: [UInt8]) -> MemoryFile {
    var ends: [Int32] = [-1, -1]
    // Room for both ends.
    guard unsafe Glibc.pipe(&ends) == 0 else { fatalError("no pipe can be had: error \(errno)") }
    let pipe = MemoryFile(number: ends[0])
    pipe.fill(bytes.prefix(1 << 16), ends[1])
    close(ends[1])
    return pipe
  }

  /// Where it can be opened, as long as it is there.
  var path: String { "/proc/self/fd/\(number)" }

  private init(number: Int32) { self.number = number }

  private func fill(_ bytes: some Collection<UInt8>, _ target: Int32) {
    let bytes = Array(bytes)
    // The count is the array's own.
    let put = unsafe bytes.withUnsafeBytes { unsafe write(target, $0.baseAddress, $0.count) }
    guard put == bytes.count else { fatalError("the bytes can't be written: error \(errno)") }
  }
}
