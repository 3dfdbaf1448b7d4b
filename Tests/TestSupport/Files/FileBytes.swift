import Glibc

/// What the machine answered when a test's file could not be used.
public struct FileProblem: Error, CustomStringConvertible {
  /// The file or folder.
  public let path: String
  /// What was tried, with the error number it ended in.
  public let description: String

  init(_ verb: String, _ path: String, code: Int32) {
    self.path = path
    description = "cannot \(verb) `\(path)`: error \(code)"
  }

  /// Whether there is no such file.
  public var isMissing: Bool { description.hasSuffix("error \(ENOENT)") }
}

/// Whole files in and out, for tests.
public enum FileBytes {
  /// What the file holds.
  public static func read(_ path: String) throws(FileProblem) -> [UInt8] {
    // The path is a C string for the length of the call.
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw FileProblem("open", path, code: errno) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      // The count given is the buffer's own.
      let got = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
      guard got >= 0 else { throw FileProblem("read", path, code: errno) }
      guard got > 0 else { return bytes }
      bytes += chunk[..<got]
    }
  }

  /// Makes the file hold these bytes and no others; the folders above it are made where they lack.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileProblem) {
    makeFolders(above: path)
    // The path is a C string for the length of the call.
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw FileProblem("write", path, code: errno) }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      // The count given is the slice's own.
      let put = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
      guard put > 0 else { throw FileProblem("write", path, code: errno) }
      rest = rest.dropFirst(put)
    }
  }

  private static func makeFolders(above path: String) {
    let parts = path.split(separator: "/").dropLast()
    for count in parts.indices.map({ $0 + 1 }) {
      // The path is a C string for the length of the call; a folder that is there already is no fault.
      _ = unsafe mkdir("/" + parts.prefix(count).joined(separator: "/"), 0o755)
    }
  }
}
