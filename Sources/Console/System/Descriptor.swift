import Glibc

/// An open file or folder, closed when it goes out of reach.
struct Descriptor: ~Copyable {
  let number: Int32

  /// Opens what a path names, from the working directory.
  init(opening path: RawPath, _ flags: Int32) throws(SystemError) {
    try self.init(number: Self.open(AT_FDCWD, path, flags, 0))
  }

  /// Opens what a name stands for in a folder.
  init(
    opening name: RawPath, in folder: borrowing Descriptor, _ flags: Int32, mode: UInt32 = 0
  ) throws(SystemError) {
    try self.init(number: Self.open(folder.number, name, flags, mode))
  }

  /// A second handle for an open file, such as standard input.
  init(duplicating number: Int32) throws(SystemError) {
    try self.init(number: SystemError.check { fcntl(number, F_DUPFD_CLOEXEC, 0) })
  }

  private init(number: Int32) throws(SystemError) {
    self.number = number
  }

  deinit {
    _ = close(number)
  }

  private static func open(
    _ folder: Int32, _ path: RawPath, _ flags: Int32, _ mode: UInt32
  ) throws(SystemError) -> Int32 {
    let name = path.terminated
    // In bounds: `name` ends with NUL and lives through the call.
    return try SystemError.check { unsafe openat(folder, name, flags | O_CLOEXEC | O_NOCTTY, mode) }
  }
}

// What it can tell.
extension Descriptor {
  /// What kind of thing a file is, and how many bytes it has.
  struct Status {
    enum Kind { case regular, folder, link, device, other }
    let kind: Kind
    let size: Int
    /// What tells the file from every other, by whatever name it is reached.
    let identity: Identity

    struct Identity: Hashable {
      let device: UInt64
      let number: UInt64
    }

    fileprivate init(_ status: stat) {
      kind =
        switch status.st_mode & S_IFMT {
        case S_IFREG: .regular
        case S_IFDIR: .folder
        case S_IFLNK: .link
        // It ends at once, like an empty file, and is named where one is wanted.
        case S_IFCHR where status.st_rdev == Self.null: .other
        case S_IFCHR, S_IFBLK: .device
        default: .other
        }
      size = Int(clamping: status.st_size)
      identity = Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
    }

    /// The device `/dev/null`: 1, 3 in the Linux allocated devices list, by whatever path it is reached.
    private static let null: dev_t = 0x103
  }

  /// What this is.
  func status() throws(SystemError) -> Status {
    var status = stat()
    // In bounds: fstat fills the one structure it is given.
    _ = try SystemError.check { unsafe fstat(number, &status) }
    return Status(status)
  }

  /// What a name in this folder stands for, a link being a link unless links are followed.
  func status(of name: RawPath, followingLinks isFollowing: Bool = false) throws(SystemError) -> Status {
    var status = stat()
    let bytes = name.terminated
    // In bounds: `bytes` ends with NUL, and fstatat fills the one structure it is given.
    _ = try SystemError.check {
      unsafe fstatat(number, bytes, &status, isFollowing ? 0 : AT_SYMLINK_NOFOLLOW)
    }
    return Status(status)
  }
}

// How it works.
extension Descriptor {
  /// Some of the bytes that follow, put at the beginning of a chunk; says how many there are, none at the end.
  func readSome(into chunk: inout [UInt8]) throws(SystemError) -> Int {
    // In bounds: read is given the chunk's own address and size.
    try SystemError.check {
      unsafe chunk.withUnsafeMutableBytes { unsafe read(number, $0.baseAddress, $0.count) }
    }
  }

  /// All the bytes that follow; nil where there are more than `limit`.
  ///
  /// `size` is how many they are thought to be. A list that grows is copied, and both copies are held meanwhile.
  func readAll(limit: Int, expecting size: Int) throws(SystemError) -> [UInt8]? {
    var all: [UInt8] = []
    all.reserveCapacity(min(size, limit))
    var chunk = [UInt8](repeating: 0, count: 256 * 1024)
    while true {
      let count = try readSome(into: &chunk)
      if count == 0 { return all }
      guard count <= limit - all.count else { return nil }
      all += chunk[..<count]
    }
  }

  /// Writes every byte, however many calls that takes.
  func writeAll(_ bytes: [UInt8]) throws(SystemError) {
    try Self.writeAll(bytes, to: number)
  }

  /// Writes every byte to an open file that somebody else closes, such as standard output.
  static func writeAll(_ bytes: [UInt8], to number: Int32) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      do {
        // In bounds: the slice begins at `written`, which is below its count.
        written += try SystemError.check {
          unsafe bytes[written...].withUnsafeBytes { unsafe write(number, $0.baseAddress, $0.count) }
        }
      } catch {
        // A pipe that its other owner made non-blocking is full; waiting is all there is to do.
        guard error.code == EAGAIN else { throw error }
        var room = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        // In bounds: one structure, and the count says one.
        _ = try SystemError.check { unsafe poll(&room, 1, -1) }
      }
    }
  }

  /// Waits until what was written is on the disk.
  func synchronize() throws(SystemError) {
    _ = try SystemError.check { fsync(number) }
  }
}
