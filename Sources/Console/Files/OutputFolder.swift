import Glibc

/// A folder that files are written into, each as a whole or not at all.
///
/// The folder that people named is opened once, and may be a link as anywhere else; everything beneath it
/// is reached from that open folder by plain names and never through a link.
public struct OutputFolder: ~Copyable {
  /// The folder, as people wrote it.
  public let path: String
  private let folder: OpenFolder
  /// The folders that did not exist before, outermost first.
  private let made: [RawPath]

  /// Opens a folder, and makes it where it does not exist.
  public init(at path: String) throws(FileError) {
    guard let raw = RawPath(path) else { throw .system(.make, path, SystemError(ENOENT)) }
    let made = try FileError.naming(.make, path) { () throws(SystemError) in try Self.make(raw) }
    self.init(path: path, folder: try Self.open(raw, made), made: made)
  }

  /// Opens a folder that is there; nil where nothing of this name is.
  public init?(existingAt path: String) throws(FileError) {
    guard let raw = RawPath(path) else { return nil }
    let folder: OpenFolder
    do {
      folder = OpenFolder(try Descriptor(opening: raw, O_RDONLY | O_DIRECTORY))
    } catch {
      if error == SystemError(ENOENT) { return nil }
      throw FileError(.write, path, error)
    }
    self.init(path: path, folder: folder, made: [])
  }

  private init(path: String, folder: OpenFolder, made: [RawPath]) {
    self.path = path
    self.folder = folder
    self.made = made
  }

  private static func open(_ path: RawPath, _ made: [RawPath]) throws(FileError) -> OpenFolder {
    do {
      return OpenFolder(try Descriptor(opening: path, O_RDONLY | O_DIRECTORY))
    } catch {
      unmake(made)
      throw FileError(.write, path.text, error)
    }
  }

  /// Makes what is missing of a path.
  private static func make(_ path: RawPath) throws(SystemError) -> [RawPath] {
    var made: [RawPath] = []
    let slash = UInt8(ascii: "/")
    let ends = path.bytes.indices.filter { $0 > 0 && path.bytes[$0] == slash } + [path.bytes.count]
    for end in ends where path.bytes[end - 1] != slash {
      guard let part = RawPath(bytes: Array(path.bytes[..<end])) else { continue }
      do {
        if try Descriptor.makeFolder(part) { made.append(part) }
      } catch {
        unmake(made)
        throw error
      }
    }
    return made
  }

  private static func unmake(_ made: [RawPath]) {
    // A folder that somebody has used meanwhile stays: only empty ones can be removed.
    for folder in made.reversed() { try? Descriptor.removeFolder(folder) }
  }
}

// What it can tell.
extension OutputFolder {
  /// A file that stands in the folder already.
  public struct Found: Sendable {
    /// Its name, without a folder.
    public let name: String
    /// Its bytes.
    public let bytes: [UInt8]
  }

  /// The plain files right in the folder, or right in a folder of it, whose names end so.
  ///
  /// Those of the names given are left out, and so is what has more than sixteen mebibytes: nothing of ours is as long.
  /// A folder that is not there has none, and neither has a link.
  public func files(
    in subfolder: String, endingIn suffix: String, except names: Set<String>
  ) throws(FileError) -> [Found] {
    var found: [Found] = []
    do throws(SystemError) {
      var place = folder
      if let name = RawPath(subfolder) { place = try folder.open(name) }
      for name in try place.descriptor.names(limit: Self.mostNames) ?? [] {
        guard name.text.hasSuffix(suffix), !names.contains(name.text),
          try place.descriptor.status(of: name).kind == .regular,
          let bytes = try place.bytes(of: name, limit: Self.longestFile)
        else { continue }
        found.append(Found(name: name.text, bytes: bytes))
      }
    } catch {
      if !subfolder.isEmpty, error == SystemError(ENOENT) || error == SystemError(ENOTDIR) { return [] }
      throw FileError(.read, path(subfolder), error)
    }
    return found
  }

  static let longestFile = 16 << 20
  private static let mostNames = 100_000
}

// How it works.
extension OutputFolder {
  /// Writes several files that belong together: all are on the disk before the first takes its place.
  ///
  /// What had these names before is replaced; a link or a folder of such a name is refused. When anything
  /// goes wrong nothing is left lying about.
  public func write(_ texts: [String: String], mode: UInt32 = 0o644) throws(FileError) {
    try write(texts, mode: mode, beforeRenaming: {})
  }

  /// The same, in folders beneath this folder, by their ways; files of the folder without a name stand in this one.
  ///
  /// A file that is in the way is replaced only if `mayReplace` says so of its name and bytes; else nothing is written.
  public func write(
    folders: [String: [String: String]], mode: UInt32 = 0o644,
    replacing mayReplace: (String, [UInt8]) -> Bool
  ) throws(FileError) {
    try write(folders: folders, mode: mode, replacing: mayReplace, beforeRenaming: {})
  }

  /// The same; tests use the moment in which others could interfere.
  func write(_ texts: [String: String], mode: UInt32, beforeRenaming: () -> Void) throws(FileError) {
    try write(
      folders: ["": texts], mode: mode, replacing: { _, _ in true }, beforeRenaming: beforeRenaming)
  }

  func write(
    folders: [String: [String: String]], mode: UInt32, replacing mayReplace: (String, [UInt8]) -> Bool,
    beforeRenaming: () -> Void
  ) throws(FileError) {
    var drafts = Drafts(top: folder, path: path)
    do {
      for (subfolder, texts) in folders.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
        try drafts.write(texts, to: subfolder, mode: mode, replacing: mayReplace)
      }
      try drafts.requireWay()
      beforeRenaming()
      try drafts.settle()
    } catch {
      // Folders that hold something by now stay.
      drafts.discard()
      Self.unmake(made)
      throw error
    }
  }

  private func path(_ name: String) -> String {
    name.isEmpty ? path : (path.hasSuffix("/") ? path : path + "/") + name
  }
}
