import Glibc

/// The files that one path stands for: the file itself, all that a folder holds, or standard input.
public struct InputFiles: Hashable, Sendable {
  /// The files, sorted by the bytes of their paths.
  public private(set) var files: [InputFile] = []
  /// The symbolic links in the folder that would have been read if they were files.
  ///
  /// What stands in a folder may come from elsewhere, and a link in it could lead anywhere.
  public private(set) var passedLinks: [String] = []

  /// How much is read.
  public struct Limits: Hashable, Sendable {
    /// The bytes of one file.
    public var fileBytes: Int
    /// The bytes of all files.
    public var allBytes: Int
    /// The files and folders beneath a folder, whatever their names.
    public var entries: Int
    /// How deep folders may stand in folders.
    public var depth: Int

    /// Limits; by default far beyond any set of manifests that people keep.
    public init(
      fileBytes: Int = 64 << 20, allBytes: Int = 512 << 20, entries: Int = 100_000, depth: Int = 32
    ) {
      self.fileBytes = fileBytes
      self.allBytes = allBytes
      self.entries = entries
      self.depth = depth
    }
  }

  /// What manifests are called.
  public static let manifestSuffixes = [".yaml", ".yml", ".json"]

  /// Reads what a path stands for; in a folder, the files whose names end so.
  public init(
    at path: String, endingIn suffixes: [String] = manifestSuffixes, limits: Limits = Limits()
  ) throws(FileError) {
    let file = try InputFile.open(path)
    let status = try FileError.naming(.read, path) { () throws(SystemError) in try file.status() }
    guard status.kind == .folder else {
      files = [try InputFile(file, status, path: path, limit: min(limits.fileBytes, limits.allBytes))]
      return
    }
    let base = path.hasSuffix("/") ? path : path + "/"
    var walk = Walk(top: path, suffixes: suffixes.map { Array($0.utf8) }, limits: limits)
    try walk.enter(file, base, depth: 1)
    files = walk.files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    passedLinks = walk.links.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// One way through a folder and all that is in it.
private struct Walk {
  let top: String
  let suffixes: [[UInt8]]
  let limits: InputFiles.Limits
  var files: [InputFile] = []
  var links: [String] = []
  private var entries = 0
  private var bytes = 0

  init(top: String, suffixes: [[UInt8]], limits: InputFiles.Limits) {
    self.top = top
    self.suffixes = suffixes
    self.limits = limits
  }

  mutating func enter(_ folder: borrowing Descriptor, _ base: String, depth: Int) throws(FileError) {
    guard depth <= limits.depth else { throw .tooDeep(top, limit: limits.depth) }
    for name in try names(in: folder, base) {
      let path = base + name.text
      let isWanted = suffixes.contains {
        name.bytes.count > $0.count && name.bytes.suffix($0.count) == $0[...]
      }
      switch try kind(of: name, in: folder, path) {
      case .folder:
        try enter(try open(name, in: folder, path, O_DIRECTORY), path + "/", depth: depth + 1)
      case .regular where isWanted:
        try read(name, in: folder, path)
      case .link where isWanted:
        links.append(path)
      case .regular, .link, .other:
        break
      }
    }
  }

  private mutating func names(in folder: borrowing Descriptor, _ base: String) throws(FileError) -> [RawPath]
  {
    let names: [RawPath]?
    do { names = try folder.names(limit: limits.entries - entries) } catch {
      throw FileError(.read, base, error)
    }
    guard let names else { throw .tooMany(top, limit: limits.entries) }
    entries += names.count
    return names
  }

  private mutating func read(_ name: RawPath, in folder: borrowing Descriptor, _ path: String)
    throws(FileError)
  {
    // Without O_NONBLOCK, a pipe put in the file's place meanwhile would keep the run waiting for ever.
    let file = try open(name, in: folder, path, O_NONBLOCK)
    let status: Descriptor.Status
    do { status = try file.status() } catch { throw FileError(.read, path, error) }
    guard status.kind == .regular else { throw .isNoPlainFile(path) }
    let left = limits.allBytes - bytes
    guard status.size <= left || status.size > limits.fileBytes else {
      throw .tooMuch(top, limit: limits.allBytes)
    }
    let input = try InputFile(file, status, path: path, limit: limits.fileBytes)
    bytes += input.bytes.count
    guard bytes <= limits.allBytes else { throw .tooMuch(top, limit: limits.allBytes) }
    files.append(input)
  }

  private func kind(
    of name: RawPath, in folder: borrowing Descriptor, _ path: String
  ) throws(FileError) -> Descriptor.Status.Kind {
    do { return try folder.status(of: name).kind } catch { throw FileError(.read, path, error) }
  }

  /// Opens what stands in a folder, but follows no link, even one that was put there meanwhile.
  private func open(
    _ name: RawPath, in folder: borrowing Descriptor, _ path: String, _ flag: Int32
  ) throws(FileError) -> Descriptor {
    do {
      return try Descriptor(opening: name, in: folder, O_RDONLY | O_NOFOLLOW | flag)
    } catch {
      throw FileError(.read, path, error)
    }
  }
}
