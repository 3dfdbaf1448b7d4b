import Glibc

@testable import Console

/// A folder of its own for one test, taken away with all that is in it.
final class TemporaryFolder {
  let path: String

  init() {
    let base = Environment.process["TMPDIR"] ?? "/tmp"
    path = "\(base)/console-tests-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    // In bounds: Swift closes the text with NUL for the call.
    let answer = unsafe mkdir(path, 0o700)
    precondition(answer == 0, "the test cannot make its folder")
  }

  deinit {
    Self.remove(path)
  }

  func make(_ name: String) {
    // In bounds: Swift closes the text with NUL for the call.
    _ = unsafe mkdir("\(path)/\(name)", 0o755)
  }

  func link(_ name: String, to target: String) {
    // In bounds: Swift closes both texts with NUL for the call.
    _ = unsafe symlink(target, "\(path)/\(name)")
  }

  func pipe(_ name: String) {
    // In bounds: Swift closes the text with NUL for the call.
    _ = unsafe mkfifo("\(path)/\(name)", 0o600)
  }

  func put(_ name: String, _ text: String) throws {
    try put(Array("\(path)/\(name)".utf8), Array(text.utf8))
  }

  func put(_ path: [UInt8], _ bytes: [UInt8]) throws {
    guard let here = RawPath("/"), let raw = RawPath(bytes: path) else { return }
    let root = try Descriptor(opening: here, O_RDONLY)
    try Descriptor(opening: raw, in: root, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644).writeAll(bytes)
  }

  func text(_ name: String) throws -> String {
    String(decoding: try InputFile(at: "\(path)/\(name)", limit: 1 << 20).bytes, as: UTF8.self)
  }

  /// The names in a folder of it, hidden ones included.
  func names(_ folder: String = "") -> [String] {
    guard let raw = RawPath("\(path)/\(folder)"), let open = try? Descriptor(opening: raw, O_RDONLY) else {
      return []
    }
    return ((try? open.names(limit: 1000)) ?? nil)?.map(\.text) ?? []
  }

  func mode(_ name: String) -> UInt32 {
    var status = stat()
    // In bounds: Swift closes the text with NUL for the call, and stat fills the one structure it is given.
    _ = unsafe lstat("\(path)/\(name)", &status)
    return status.st_mode & 0o7777
  }

  private static func remove(_ path: String) {
    guard let raw = RawPath(path) else { return }
    // In bounds: Swift closes the text with NUL for the call.
    if unsafe unlink(path) == 0 { return }
    if let folder = try? Descriptor(opening: raw, O_RDONLY | O_DIRECTORY | O_NOFOLLOW) {
      for name in ((try? folder.names(limit: 10_000)) ?? nil) ?? [] {
        if (try? folder.remove(name)) == nil { remove("\(path)/\(name.text)") }
      }
    }
    try? Descriptor.removeFolder(raw)
  }
}
