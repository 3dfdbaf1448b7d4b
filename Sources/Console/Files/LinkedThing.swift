import Glibc

/// What a path beneath an open folder leads to when its links are followed, but never out of the folder.
///
/// This is what openat2(2) calls `RESOLVE_BENEATH`: each step takes one plain name in a folder that is open already
/// and follows nothing by itself, so nobody can turn the way elsewhere meanwhile. Mounted ConfigMaps are made of
/// such links.
enum LinkedThing {
  /// A plain file: its name, and the folder it stands in.
  case file(RawPath, OpenFolder)
  /// A folder beneath the open one, or that one itself.
  case folder

  /// Follows a path; nil where it leads out of the folder, to nothing, in a circle, or to something else.
  init?(at path: [RawPath], beneath top: OpenFolder) {
    var way = [top]
    var rest = Array(path.reversed())
    var links = 0
    while let name = rest.popLast() {
      if name.text == "." { continue }
      if name.text == ".." {
        way.removeLast()
        guard !way.isEmpty else { return nil }
        continue
      }
      guard let here = way.last, let kind = try? here.descriptor.status(of: name).kind else { return nil }
      switch kind {
      case .folder:
        guard let folder = try? here.open(name) else { return nil }
        way.append(folder)
      case .link:
        links += 1
        guard links <= Self.mostLinks, let target = try? here.descriptor.target(ofLink: name),
          target.bytes.first != Self.slash
        else { return nil }
        rest += target.bytes.split(separator: Self.slash).reversed().compactMap { RawPath(bytes: Array($0)) }
      case .regular:
        guard rest.isEmpty else { return nil }
        self = .file(name, here)
        return
      case .device, .other:
        return nil
      }
    }
    self = .folder
  }

  /// What Linux allows for one path (MAXSYMLINKS).
  private static let mostLinks = 40
  private static let slash = UInt8(ascii: "/")
}
