import Glibc

/// A folder of its own for one test, gone with everything in it when the test ends.
struct TemporaryFolder: ~Copyable {
  let path: String

  init() {
    var template = Array("/tmp/flowstore-XXXXXX".utf8CString)
    // mkdtemp changes the six last letters of a buffer that is ours.
    path = unsafe template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, unsafe mkdtemp(base) != nil else { return "" }
      return unsafe String(cString: base)
    }
  }

  deinit {
    guard !path.isEmpty else { return }
    for name in Disk.names(in: path) { Disk.remove(path + "/" + name) }
    Disk.removeFolder(path)
  }

  func file(_ name: String) -> String { path + "/" + name }
}
