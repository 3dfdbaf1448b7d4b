import Glibc

/// Files that are complete, under names nobody looks for, until all of them take their places.
///
/// In a rehearsal nothing is made or written, and only what would be refused is.
struct Drafts {
  private let top: OpenFolder
  private let path: String
  private let isRehearsal: Bool
  private var drafts: [Draft] = []
  /// The folders that hold drafts, and those of them that did not exist before.
  private var folders: [OpenFolder] = []
  private var made: [RawPath] = []
  private var inTheWay: [String] = []

  private struct Draft {
    let folder: OpenFolder
    let name: RawPath
    let temporary: RawPath
    /// The file as people call it, from the top folder.
    let shown: String
  }

  /// No drafts yet, in a folder that people call so.
  init(top: OpenFolder, path: String, isRehearsal: Bool = false) {
    self.top = top
    self.path = path
    self.isRehearsal = isRehearsal
  }
}

// How it works.
extension Drafts {
  /// Writes files that are to stand in a folder beneath the top folder, or in that one itself where it has no name.
  mutating func write(
    _ texts: [String: String], to subfolder: String, mode: UInt32,
    replacing mayReplace: (String, [UInt8]) -> Bool
  ) throws(FileError) {
    // In a rehearsal it may not be there yet, and nothing is in the way then.
    let folder = try self.folder(subfolder)
    let base = subfolder.isEmpty ? "" : subfolder + "/"
    for (text, content) in texts.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      guard PlainName.accepts(text), let name = RawPath(text) else {
        throw .badName(text, folder: subfolder.isEmpty ? path : full(subfolder))
      }
      guard let folder else { continue }
      guard try isFree(name, in: folder, full(base + text), mayReplace) else {
        inTheWay.append(base + text)
        continue
      }
      do {
        if isRehearsal {
          try folder.descriptor.requireWritable()
          continue
        }
        let temporary = try Self.write(Array(content.utf8), to: folder.descriptor, mode)
        drafts.append(Draft(folder: folder, name: name, temporary: temporary, shown: base + text))
      } catch {
        throw FileError(.write, full(base + text), error)
      }
    }
  }

  /// Refuses to go on where files of somebody else would be replaced.
  func requireWay() throws(FileError) {
    if !inTheWay.isEmpty { throw .inTheWay(path, inTheWay) }
  }

  /// Lets all drafts take their places.
  mutating func settle() throws(FileError) {
    var done: [String] = []
    while let draft = drafts.first {
      do {
        try draft.folder.descriptor.rename(draft.temporary, to: draft.name)
      } catch {
        guard done.isEmpty else { throw .partlyWritten(path, done: done, error) }
        throw FileError(.write, full(draft.shown), error)
      }
      done.append(draft.shown)
      drafts.removeFirst()
    }
    for folder in folders + [top] {
      do { try folder.descriptor.synchronize() } catch { throw FileError(.write, path, error) }
    }
  }

  /// Takes away what has not taken its place, and the folders that were made and are empty.
  mutating func discard() {
    for draft in drafts { try? draft.folder.descriptor.remove(draft.temporary) }
    for folder in made.reversed() { try? top.descriptor.removeFolder(folder) }
    drafts = []
    made = []
  }

  /// The folder of this way, made where it is not there; in a rehearsal nil for one that could be made.
  private mutating func folder(_ text: String) throws(FileError) -> OpenFolder? {
    var place = top
    var way = ""
    for part in text.split(separator: "/", omittingEmptySubsequences: text.isEmpty) {
      let above = way.isEmpty ? path : full(way)
      way += way.isEmpty ? String(part) : "/\(part)"
      guard PlainName.accepts(String(part)), let name = RawPath(String(part)), let steps = RawPath(way) else {
        throw .badName(String(part), folder: above)
      }
      do {
        if isRehearsal, (try? place.descriptor.status(of: name)) == nil {
          try place.descriptor.requireWritable()
          return nil
        }
        if !isRehearsal, try place.descriptor.makeFolder(name) { made.append(steps) }
        let folder = try place.open(name)
        folders.append(folder)
        place = folder
      } catch {
        // Opening a link as a folder without following it says no more than that it is no folder.
        let isLink = (try? place.descriptor.status(of: name).kind) == .link
        throw isLink ? .isLink(full(way)) : FileError(.write, full(way), error)
      }
    }
    return place
  }

  /// Whether a file of this name may be written; what is neither there nor a plain file is refused.
  private func isFree(
    _ name: RawPath, in folder: OpenFolder, _ path: String, _ mayReplace: (String, [UInt8]) -> Bool
  ) throws(FileError) -> Bool {
    switch try? folder.descriptor.status(of: name).kind {
    case nil: return true
    case .folder: throw .isFolder(path)
    case .link, .device, .other: throw .isNoPlainFile(path)
    case .regular: break
    }
    do {
      guard let bytes = try folder.bytes(of: name, limit: OutputFolder.longestFile) else { return false }
      return mayReplace(name.text, bytes)
    } catch {
      throw FileError(.read, path, error)
    }
  }

  private static func write(
    _ bytes: [UInt8], to folder: borrowing Descriptor, _ mode: UInt32
  ) throws(SystemError) -> RawPath {
    // A name nobody can foresee, and O_EXCL: nobody can have put a link there.
    let mark = String(UInt64.random(in: .min ... .max), radix: 36)
    guard let temporary = RawPath(".netpol-learn-\(mark)") else { throw SystemError(EINVAL) }
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
    let file = try Descriptor(opening: temporary, in: folder, flags, mode: mode)
    do {
      try file.writeAll(bytes)
      try file.synchronize()
    } catch {
      try? folder.remove(temporary)
      throw error
    }
    return temporary
  }

  private func full(_ name: String) -> String {
    (path.hasSuffix("/") ? path : path + "/") + name
  }
}
