@testable import Console
import Testing

struct InputPiecesTests {
  private func all(_ pieces: InputPieces) -> [UInt8] {
    var bytes: [UInt8] = []
    while let piece = pieces.next() { bytes += piece }
    return bytes
  }

  @Test("the pieces of a file are the file, each of them short")
  func file() throws {
    let folder = TemporaryFolder()
    let text = String(repeating: "0123456789abcdef", count: 50_000)
    try folder.put("large", text)
    let pieces = try InputPieces(at: "\(folder.path)/large", limit: 1 << 20)
    let first = try #require(pieces.next())
    #expect(first.count < text.utf8.count)
    #expect(first + all(pieces) == Array(text.utf8))
    #expect(pieces.failure == nil)
    #expect(pieces.next() == nil)
  }

  @Test("what is too large ends where it is, and says so")
  func tooLarge() throws {
    // The system says that such a file has no bytes.
    let pieces = try InputPieces(at: "/proc/self/maps", limit: 100)
    #expect(all(pieces).isEmpty)
    #expect(pieces.failure == .tooLarge("/proc/self/maps", limit: 100))
    #expect(pieces.next() == nil)
  }

  @Test("a folder and a device are no files, and what is missing is said to be")
  func refused() throws {
    let folder = TemporaryFolder()
    #expect(throws: FileError.isFolder(folder.path)) { try InputPieces(at: folder.path, limit: 1) }
    #expect(throws: FileError.isDevice("/dev/zero")) { try InputPieces(at: "/dev/zero", limit: 1) }
    let missing = "\(folder.path)/nothing"
    #expect(throws: FileError.notFound(missing)) { try InputPieces(at: missing, limit: 1) }
  }
}
