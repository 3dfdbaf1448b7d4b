import Glibc

/// One way through a folder and all that is in it.
struct FolderWalk {
  private(set) var files: [InputFile] = []
  private(set) var passedLinks: [String] = []

  private let top: String
  private let suffixes: [[UInt8]]
  private let limits: InputFiles.Limits
  private var links: [Link] = []
  private var seen: Set<Descriptor.Status.Identity> = []
  private var entries = 0
  private var bytes = 0

  /// A link on the way.
  private struct Link {
    let path: String
    /// The same from the top of the walk.
    let steps: [RawPath]
    let isWanted: Bool
    /// Whether it leads to a folder, wherever that is.
    let isFolder: Bool
  }

  init(top: String, suffixes: [[UInt8]], limits: InputFiles.Limits) {
    self.top = top
    self.suffixes = suffixes
    self.limits = limits
  }

  /// Reads the wanted files of a folder and of the folders in it; links are remembered.
  mutating func enter(_ folder: OpenFolder, _ base: String, _ steps: [RawPath]) throws(FileError) {
    guard steps.count < limits.depth else { throw .tooDeep(top, limit: limits.depth) }
    for name in try names(in: folder, base) {
      let path = base + name.text
      let isWanted = suffixes.contains {
        name.bytes.count > $0.count && name.bytes.suffix($0.count) == $0[...]
      }
      switch try kind(of: name, in: folder, path) {
      case .folder:
        try enter(try open(name, in: folder, path), path + "/", steps + [name])
      case .regular where isWanted:
        try read(name, in: folder, path)
      case .link:
        let target = try? folder.descriptor.status(of: name, followingLinks: true)
        links.append(
          Link(path: path, steps: steps + [name], isWanted: isWanted, isFolder: target?.kind == .folder))
      case .regular, .device, .other:
        break
      }
    }
  }

  /// Reads what the links lead to where that stands beneath the top and was not read under its own name.
  mutating func follow(beneath folder: OpenFolder) throws(FileError) {
    for link in links {
      switch LinkedThing(at: link.steps, beneath: folder) {
      case .file(let name, let place) where link.isWanted: try read(name, in: place, link.path)
      case .file, .folder: break
      case nil: if link.isWanted || link.isFolder { passedLinks.append(link.path) }
      }
    }
  }

  private mutating func names(in folder: OpenFolder, _ base: String) throws(FileError) -> [RawPath] {
    let names: [RawPath]?
    do { names = try folder.descriptor.names(limit: limits.entries - entries) } catch {
      throw FileError(.read, base, error)
    }
    guard let names else { throw .tooMany(top, limit: limits.entries) }
    entries += names.count
    return names
  }

  private mutating func read(_ name: RawPath, in folder: OpenFolder, _ path: String) throws(FileError) {
    let file = try FileError.naming(.read, path) { () throws(SystemError) in
      // Without O_NONBLOCK, a pipe put in the file's place meanwhile would keep the run waiting for ever.
      try Descriptor(opening: name, in: folder.descriptor, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    }
    let status: Descriptor.Status
    do { status = try file.status() } catch { throw FileError(.read, path, error) }
    guard status.kind == .regular else { throw .isNoPlainFile(path) }
    guard seen.insert(status.identity).inserted else { return }
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
    of name: RawPath, in folder: OpenFolder, _ path: String
  ) throws(FileError) -> Descriptor.Status.Kind {
    do { return try folder.descriptor.status(of: name).kind } catch { throw FileError(.read, path, error) }
  }

  private func open(_ name: RawPath, in folder: OpenFolder, _ path: String) throws(FileError) -> OpenFolder {
    do { return try folder.open(name) } catch { throw FileError(.read, path, error) }
  }
}
