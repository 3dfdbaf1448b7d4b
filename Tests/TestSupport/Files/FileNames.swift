import Glibc

/// What lies in a folder.
public enum FileNames {
  /// The names in a folder, in order; none where there is no such folder.
  public static func of(_ folder: String) -> [String] {
    // The stream is open until the end of this function, and nobody else has it.
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { _ = unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      // The entry lives until the next call; its name ends in NUL within the 256 bytes read here.
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
