import Glibc

/// The files of a tar archive that `xz` compressed, read without writing any of them down.
public struct Archive: Sendable {
  /// Every file, by its path in the archive, in the archive's order.
  public let files: [File]

  /// A file of an archive.
  public struct File: Sendable {
    /// Its path, without a leading `./`.
    public let path: String
    /// What it holds.
    public let bytes: [UInt8]
  }

  /// What is wrong with an archive, or with the tool that opens it.
  public struct Problem: Error, CustomStringConvertible {
    /// The words.
    public let description: String
  }

  /// The archive at a path.
  public init(_ path: String) throws(Problem) {
    let blocks = try Self.decompressed(path)
    var files: [File] = []
    var start = 0
    // An archive ends in blocks of zeros (POSIX.1-2017, pax, ustar interchange format).
    while start + 512 <= blocks.count, blocks[start] != 0 {
      guard let size = Self.octal(blocks[start + 124..<start + 136]), start + 512 + size <= blocks.count
      else {
        throw Problem(description: "`\(path)` is no tar archive at byte \(start)")
      }
      let body = start + 512
      if blocks[start + 156] == UInt8(ascii: "0") {
        let name = String(decoding: blocks[start..<start + 100].prefix { $0 != 0 }, as: UTF8.self)
        let path = name.hasPrefix("./") ? String(name.dropFirst(2)) : name
        files.append(File(path: path, bytes: Array(blocks[body..<body + size])))
      }
      start = body + (size + 511) / 512 * 512
    }
    self.files = files
  }

  private static func octal(_ digits: ArraySlice<UInt8>) -> Int? {
    Int(String(decoding: digits.prefix { $0 != 0 && $0 != UInt8(ascii: " ") }, as: UTF8.self), radix: 8)
  }

  private static func decompressed(_ path: String) throws(Problem) -> [UInt8] {
    // A path of this repository; quotes in it would be a fault of whoever cloned it there.
    guard !path.contains("'"), let pipe = unsafe popen("xz -dc '\(path)'", "r") else {
      throw Problem(description: "cannot run `xz` on `\(path)`")
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      // The count given is the buffer's own, and the stream is open until it is closed below.
      let got = unsafe chunk.withUnsafeMutableBytes { unsafe fread($0.baseAddress, 1, $0.count, pipe) }
      guard got > 0 else { break }
      bytes += chunk[..<got]
    }
    let status = unsafe pclose(pipe)
    guard status == 0 else {
      throw Problem(
        description: "`xz` could not read `\(path)` (status \(status)); scripts/setup test installs it")
    }
    return bytes
  }
}
