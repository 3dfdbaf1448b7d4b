import Glibc

/// A file that was read whole.
public struct InputFile: Hashable, Sendable {
  /// Where it was read, as people wrote it; `-` is standard input.
  public let path: String
  /// Its bytes.
  public let bytes: [UInt8]
}

// How it is made.
extension InputFile {
  /// Reads the file that people named; a link is followed, a pipe is read to its end, and a device is refused.
  public init(at path: String, limit: Int) throws(FileError) {
    let file = try Self.open(path)
    let status = try Self.status(of: file, path)
    if status.kind == .folder { throw .isFolder(path) }
    try self.init(file, status, path: path, limit: limit)
  }

  /// Reads a file that is open.
  init(_ file: borrowing Descriptor, _ status: Descriptor.Status, path: String, limit: Int) throws(FileError)
  {
    // A size known beforehand saves reading what would be thrown away.
    if status.kind == .regular, status.size > limit { throw .tooLarge(path, limit: limit) }
    let bytes: [UInt8]?
    do { bytes = try file.readAll(limit: limit, expecting: status.size) } catch {
      throw FileError(.read, path, error)
    }
    guard let bytes else { throw .tooLarge(path, limit: limit) }
    self.init(path: path, bytes: bytes)
  }

  /// Opens what people named.
  static func open(_ path: String) throws(FileError) -> Descriptor {
    try FileError.naming(.read, path) { () throws(SystemError) in
      if path == "-" { return try Descriptor(duplicating: STDIN_FILENO) }
      guard let raw = RawPath(path) else { throw SystemError(ENOENT) }
      return try Descriptor(opening: raw, O_RDONLY)
    }
  }

  /// What people named, which is open; a device is refused.
  ///
  /// Some have no end, and from others what is read is gone. Standard input may be one: a terminal, or what somebody
  /// has put there on purpose.
  static func status(of file: borrowing Descriptor, _ path: String) throws(FileError) -> Descriptor.Status {
    let status: Descriptor.Status
    do { status = try file.status() } catch { throw FileError(.read, path, error) }
    if status.kind == .device, path != "-" { throw .isDevice(path) }
    return status
  }
}
