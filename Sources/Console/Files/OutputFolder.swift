import Glibc

/// A folder that files are written into, each as a whole or not at all.
///
/// The folder that people named is opened once, and may be a link as anywhere else; everything beneath it
/// is reached from that open folder by plain names and never through a link.
public struct OutputFolder: ~Copyable {
  /// The folder, as people wrote it.
  public let path: String
  private let folder: Descriptor
  /// The folders that did not exist before, outermost first.
  private let made: [RawPath]

  /// Opens a folder, and makes it where it does not exist.
  public init(at path: String) throws(FileError) {
    guard let raw = RawPath(path) else { throw .system(.make, path, SystemError(ENOENT)) }
    let made = try FileError.naming(.make, path) { () throws(SystemError) in try Self.make(raw) }
    self.init(path: path, folder: try Self.open(raw, made), made: made)
  }

  private init(path: String, folder: consuming Descriptor, made: [RawPath]) {
    self.path = path
    self.folder = folder
    self.made = made
  }

  private static func open(_ path: RawPath, _ made: [RawPath]) throws(FileError) -> Descriptor {
    do {
      return try Descriptor(opening: path, O_RDONLY | O_DIRECTORY)
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

// How it works.
extension OutputFolder {
  /// Writes several files that belong together: all are on the disk before the first takes its place.
  ///
  /// What had these names before is replaced; a link or a folder of such a name is refused. When anything
  /// goes wrong nothing is left lying about.
  public func write(_ texts: [String: String], mode: UInt32 = 0o644) throws(FileError) {
    try write(texts, mode: mode, beforeRenaming: {})
  }

  /// The same; tests use the moment in which others could interfere.
  func write(_ texts: [String: String], mode: UInt32, beforeRenaming: () -> Void) throws(FileError) {
    var drafts: [Draft] = []
    do {
      for (name, text) in texts.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
        drafts.append(try draft(name, Array(text.utf8), mode))
      }
    } catch {
      discard(drafts[...])
      Self.unmake(made)
      throw error
    }
    beforeRenaming()
    for (index, draft) in drafts.enumerated() {
      do {
        try folder.rename(draft.temporary, to: draft.name)
      } catch {
        discard(drafts[index...])
        guard index > 0 else {
          Self.unmake(made)
          throw FileError(.write, path(of: draft.name), error)
        }
        throw .partlyWritten(path, done: drafts[..<index].map(\.name.text), error)
      }
    }
    do { try folder.synchronize() } catch { throw FileError(.write, path, error) }
  }

  /// A file that is complete, under a name nobody looks for.
  private struct Draft {
    let name: RawPath
    let temporary: RawPath
  }

  private func draft(_ text: String, _ bytes: [UInt8], _ mode: UInt32) throws(FileError) -> Draft {
    guard PlainName.accepts(text), let name = RawPath(text) else { throw .badName(text, folder: path) }
    switch try? folder.status(of: name).kind {
    case nil, .regular: break
    case .folder: throw .isFolder(path(of: name))
    case .link, .other: throw .isNoPlainFile(path(of: name))
    }
    do {
      let temporary = try write(bytes, beside: name, mode)
      return Draft(name: name, temporary: temporary)
    } catch {
      throw FileError(.write, path(of: name), error)
    }
  }

  private func write(_ bytes: [UInt8], beside name: RawPath, _ mode: UInt32) throws(SystemError) -> RawPath {
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

  private func discard(_ drafts: ArraySlice<Draft>) {
    for draft in drafts { try? folder.remove(draft.temporary) }
  }

  private func path(of name: RawPath) -> String {
    (path.hasSuffix("/") ? path : path + "/") + name.text
  }
}
