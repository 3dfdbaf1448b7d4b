import Glibc

/// An open folder that several have a hand on; it is closed with the last of them.
final class OpenFolder {
  /// The way to it.
  let descriptor: Descriptor

  /// Keeps an open folder.
  init(_ descriptor: consuming Descriptor) {
    self.descriptor = descriptor
  }

  /// Opens a folder in this one, but follows no link.
  func open(_ name: RawPath) throws(SystemError) -> OpenFolder {
    OpenFolder(try Descriptor(opening: name, in: descriptor, O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
  }

  /// What a plain file in this folder holds; nil where it is none, or has more bytes.
  func bytes(of name: RawPath, limit: Int) throws(SystemError) -> [UInt8]? {
    // Without O_NONBLOCK, a pipe would keep the run waiting for ever.
    let file = try Descriptor(opening: name, in: descriptor, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    let status = try file.status()
    guard status.kind == .regular else { return nil }
    return try file.readAll(limit: limit, expecting: status.size)
  }
}
