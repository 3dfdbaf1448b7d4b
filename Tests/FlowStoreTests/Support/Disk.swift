import Glibc

/// Files as the system sees them, without the store in between.
///
/// Every `unsafe` hands a path over as a C string for the length of the call, unless a line says otherwise.
enum Disk {
  static func bytes(_ path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      // As many bytes are asked for as the array holds.
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return all }
      all += chunk.prefix(count)
    }
  }

  @discardableResult static func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o600) -> Bool {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // As many bytes are written as the array holds.
    return unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      == bytes.count
  }

  static func permissions(_ path: String) -> UInt32? {
    var status = stat()
    return unsafe lstat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
  }

  @discardableResult static func allow(_ mode: UInt32, _ path: String) -> Bool {
    unsafe chmod(path, mode) == 0
  }

  @discardableResult static func link(_ path: String, to target: String) -> Bool {
    unsafe symlink(target, path) == 0
  }

  @discardableResult static func makePipe(_ path: String) -> Bool { unsafe mkfifo(path, 0o600) == 0 }

  @discardableResult static func remove(_ path: String) -> Bool { unsafe unlink(path) == 0 }

  @discardableResult static func removeFolder(_ path: String) -> Bool { unsafe rmdir(path) == 0 }

  static func names(in folder: String) -> [String] {
    guard let directory = unsafe opendir(folder) else { return [] }
    defer { unsafe _ = closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      // The name ends with a zero within the entry.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
