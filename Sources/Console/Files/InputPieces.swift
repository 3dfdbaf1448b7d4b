import Glibc

/// A file, a pipe or standard input that is read piece by piece.
///
/// Reading on ends at the first failure, which is remembered: whoever reads to the end must ask for it.
public final class InputPieces {
  /// Where it is read, as people wrote it; `-` is standard input.
  public let path: String
  /// Why there is no more, where that is not because all was read.
  public private(set) var failure: FileError?

  private let file: Descriptor
  /// How many bytes may still come.
  private var room: Int
  private let limit: Int
  /// Large enough that a system call more or less does not count.
  private var chunk = [UInt8](repeating: 0, count: 256 * 1024)

  /// Opens what people named; a link is followed, and a folder or a device is refused.
  public init(at path: String, limit: Int) throws(FileError) {
    let file = try InputFile.open(path)
    let status = try InputFile.status(of: file, path)
    if status.kind == .folder { throw .isFolder(path) }
    if status.kind == .regular, status.size > limit { throw .tooLarge(path, limit: limit) }
    self.path = path
    self.limit = limit
    self.file = file
    room = limit
  }

  /// The next bytes; nil at the end, or where there is a failure.
  public func next() -> [UInt8]? {
    guard failure == nil else { return nil }
    do {
      let count = try file.readSome(into: &chunk)
      guard count <= room else {
        failure = .tooLarge(path, limit: limit)
        return nil
      }
      room -= count
      return count == 0 ? nil : Array(chunk[..<count])
    } catch {
      failure = FileError(.read, path, error)
      return nil
    }
  }
}
