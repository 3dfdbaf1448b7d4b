import Console
import Glibc

/// Folders for what can be made anew.
enum WorkFolder {
  /// Makes a folder, and those above it, where they lack.
  static func make(_ path: String) throws {
    let parts = path.split(separator: "/")
    for count in 1...max(1, parts.count) {
      let folder = "/" + parts.prefix(count).joined(separator: "/")
      // The path is a C string for the length of the call.
      guard unsafe mkdir(folder, 0o755) != 0, errno != EEXIST else { continue }
      throw Complaint("can't make `\(folder)`: \(SystemError(errno))", exitCode: .machine)
    }
  }
}
