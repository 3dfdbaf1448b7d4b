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

  /// The plain files right in the folder, or right in a folder of it, whose names end in one of these ways.
  ///
  /// A folder that is not there has none, and neither has a link. What is longer than anything of ours is left out, and so
  /// is what a folder within keeps from us, or this one where that may be passed over; but `needed` names must be read
  /// where they are.
  public func files(
    in subfolder: String, endingIn endings: [String], needed: Set<String> = [],
    passingOver isPassingOver: Bool = false
  ) throws(FileError) -> [Found] {
    guard let place = try self.place(subfolder) else { return [] }
    var found: [Found] = []
    for name in try names(in: place, subfolder) where endings.contains(where: name.text.hasSuffix) {
      let shown = path(subfolder.isEmpty ? name.text : "\(subfolder)/\(name.text)")
      do throws(SystemError) {
        guard try place.descriptor.status(of: name).kind == .regular else { continue }
        if let bytes = try place.bytes(of: name, limit: Self.longestFile) {
          found.append(Found(name: name.text, bytes: bytes))
          continue
        }
      } catch {
        let isOthers = isPassingOver || !subfolder.isEmpty
        if error.code == EACCES, isOthers, !needed.contains(name.text) { continue }
        throw FileError(.read, shown, error)
      }
      if needed.contains(name.text) { throw .tooLarge(shown, limit: Self.longestFile) }
    }
    return found
  }

  /// The folders right in the folder that have plain names, in order; links are none.
  public func folders() throws(FileError) -> [String] {
    try names(in: folder, "").filter { name in
      PlainName.accepts(name.text) && (try? folder.descriptor.status(of: name).kind) == .folder
    }.map(\.text).sorted()
  }

  /// An open folder of this folder; nil for what is no folder of ours to look into: nothing, a link, or one that is closed
  /// to us, whose files nobody who runs this could have written.
  private func place(_ subfolder: String) throws(FileError) -> OpenFolder? {
    guard let name = RawPath(subfolder) else { return folder }
    do { return try folder.open(name) } catch {
      if [ENOENT, ENOTDIR, ELOOP, EACCES].contains(error.code) { return nil }
      throw FileError(.read, path(subfolder), error)
    }
  }

  private func names(in place: OpenFolder, _ subfolder: String) throws(FileError) -> [RawPath] {
    let shown = path(subfolder)
    let names = try FileError.naming(.read, shown) { () throws(SystemError) in
      try place.descriptor.names(limit: Self.mostNames)
    }
    guard let names else { throw .tooMany(shown, limit: Self.mostNames) }
    return names
  }

  /// What a review file may have after a scan.
  static let longestFile = 64 << 20
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

  /// Finds out what writing these files would be refused for, as far as that shows without writing; makes nothing.
  public static func rehearse(
    at path: String, folders: [String: [String: String]], replacing mayReplace: (String, [UInt8]) -> Bool
  ) throws(FileError) {
    guard let top = try OutputFolder(existingAt: path) else {
      try requireMakeable(path)
      for (subfolder, texts) in folders.sorted(by: { $0.key < $1.key }) {
        for name in texts.keys.sorted() + subfolder.split(separator: "/").map(String.init)
        where !PlainName.accepts(name) {
          throw .badName(name, folder: path)
        }
      }
      return
    }
    var drafts = Drafts(top: top.folder, path: path, isRehearsal: true)
    for (subfolder, texts) in folders.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      try drafts.write(texts, to: subfolder, mode: 0, replacing: mayReplace)
    }
    try drafts.requireWay()
  }

  /// Whether a folder that is not there can be made in the nearest one that is.
  private static func requireMakeable(_ path: String) throws(FileError) {
    var rest = path[...]
    while !rest.isEmpty {
      while rest.last == "/" { rest.removeLast() }
      while let last = rest.last, last != "/" { rest.removeLast() }
      guard let raw = RawPath(rest.isEmpty ? "." : String(rest)) else { break }
      let above: OpenFolder
      do { above = OpenFolder(try Descriptor(opening: raw, O_RDONLY | O_DIRECTORY)) } catch { continue }
      return try FileError.naming(.make, path) { () throws(SystemError) in
        try above.descriptor.requireWritable()
      }
    }
    throw .system(.make, path, SystemError(ENOENT))
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
