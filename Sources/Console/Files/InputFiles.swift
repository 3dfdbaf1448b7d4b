import Glibc

/// The files that one path stands for: the file itself, all that a folder holds, or standard input.
public struct InputFiles: Hashable, Sendable {
  /// The files, sorted by the bytes of their paths.
  public private(set) var files: [InputFile] = []
  /// The symbolic links in the folder to files and folders that would have been read, but don't stand beneath it.
  ///
  /// What stands in a folder may come from elsewhere, and a link in it could lead anywhere. One that leads to a file
  /// beneath the same folder, as in a mounted ConfigMap, is read.
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
    let status = try InputFile.status(of: file, path)
    guard status.kind == .folder else {
      files = [try InputFile(file, status, path: path, limit: min(limits.fileBytes, limits.allBytes))]
      return
    }
    let base = path.hasSuffix("/") ? path : path + "/"
    let top = OpenFolder(file)
    var walk = FolderWalk(top: path, suffixes: suffixes.map { Array($0.utf8) }, limits: limits)
    try walk.enter(top, base, [])
    try walk.follow(beneath: top)
    files = walk.files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    passedLinks = walk.passedLinks.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
