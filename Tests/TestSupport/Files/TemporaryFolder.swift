import Glibc

/// A folder of a test's own, gone with the value that owns it.
public struct TemporaryFolder: ~Copyable {
  /// Where it is.
  public let path: String

  /// A new, empty folder.
  public init() throws(FileProblem) {
    // The variable's text is copied before anything could change it.
    let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/netpol-learn-XXXXXX".utf8CString)
    // The template ends in NUL and is long enough by construction: mkdtemp only replaces its last six letters.
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return false }
      return unsafe mkdtemp(start) != nil
    }
    guard made else { throw FileProblem("make a folder in", base, code: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    Self.remove(path)
  }

  /// The path of something in the folder.
  public func file(_ name: String) -> String { path + "/" + name }

  /// Puts a text into the folder and tells its path.
  @discardableResult
  public func write(_ text: String, to name: String) throws(FileProblem) -> String {
    try write(bytes: Array(text.utf8), to: name)
  }

  /// Puts bytes into the folder and tells their path.
  @discardableResult
  public func write(bytes: [UInt8], to name: String) throws(FileProblem) -> String {
    try FileBytes.write(bytes, to: file(name))
    return file(name)
  }

  /// Removes what is at a path, with everything in it; a link is removed, never followed.
  private static func remove(_ path: String) {
    // The path is a C string for the length of the call.
    guard unsafe Glibc.remove(path) != 0, errno == ENOTEMPTY || errno == EEXIST else { return }
    for name in FileNames.of(path) { remove(path + "/" + name) }
    _ = unsafe Glibc.remove(path)
  }
}
