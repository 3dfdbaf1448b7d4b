import Glibc

/// An open file; closing it is not a habit but a type.
struct FileDescriptor: ~Copyable {
  private let number: Int32
  private let isOwned: Bool

  /// The size of a regular file; nil for a pipe, which has none.
  let size: UInt64?

  deinit {
    if isOwned { close(number) }
  }

  /// Opens a file for reading; `-` is standard input.
  init(reading path: String) throws(CaptureError) {
    isOwned = path != "-"
    // Valid: Swift lends the path as terminated text for the call.
    number = isOwned ? unsafe open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO
    guard number >= 0 else {
      size = nil
      throw Self.error(errno, path)
    }
    var status = stat()
    // In bounds: the kernel fills the one `stat` whose address it gets.
    guard unsafe fstat(number, &status) == 0 else {
      size = nil
      throw Self.error(errno, path)
    }
    // Standard input may have been read by somebody before; what is left of it is then like a pipe.
    let isWhole = status.st_mode & S_IFMT == S_IFREG && lseek(number, 0, SEEK_CUR) == 0
    size = isWhole ? UInt64(max(0, status.st_size)) : nil
    guard status.st_mode & S_IFMT != S_IFDIR else { throw .isFolder(path: path) }
  }

  /// Reads up to `count` bytes to `offset` of the buffer; 0 at the end of the file.
  func read(into buffer: inout [UInt8], at offset: Int, count: Int, path: String) throws(CaptureError) -> Int
  {
    let count = min(count, buffer.count - offset)
    guard count > 0, offset >= 0 else { return 0 }
    while true {
      // In bounds: `offset + count` is at most the buffer's count.
      let got = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(number, bytes.baseAddress?.advanced(by: offset), count)
      }
      if got >= 0 { return got }
      guard errno == EINTR else { throw Self.error(errno, path) }
    }
  }

  /// Reads `count` bytes that begin at `position` of a regular file, fewer at its end, and leaves its place as it was.
  func read(at position: UInt64, count: Int, path: String) throws(CaptureError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      // In bounds: `filled + (count - filled)` is the buffer's count.
      let got = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe pread(
          number, bytes.baseAddress?.advanced(by: filled), count - filled,
          off_t(clamping: position + UInt64(filled)))
      }
      if got == 0 { break }
      if got > 0 {
        filled += got
      } else if errno != EINTR {
        throw Self.error(errno, path)
      }
    }
    buffer.removeLast(count - filled)
    return buffer
  }

  private static func error(_ code: Int32, _ path: String) -> CaptureError {
    switch code {
    case ENOENT, ENOTDIR: .notFound(path: path)
    case EACCES, EPERM: .notPermitted(path: path)
    case EISDIR: .isFolder(path: path)
    case EMFILE, ENFILE: .tooManyOpen(path: path)
    // Valid: `strerror` gives a terminated text for every number.
    default: .unreadable(path: path, reason: unsafe String(cString: strerror(code)))
    }
  }
}
