import Console
import Review

/// A folder of manifests that are to be brought up to date, as it is before.
struct ManifestFolder {
  /// The folder, as people wrote it.
  let path: String
  /// Every manifest, list and review file in it, by its path in the folder.
  let files: [FolderUpdate.File]

  /// Reads the folder, which must be there.
  init(at path: String) throws {
    self.path = path
    let base = path.hasSuffix("/") ? path : path + "/"
    let endings = InputFiles.manifestSuffixes + Self.otherEndings
    files = try InputFiles(at: path, endingIn: endings).files.filter { $0.path.hasPrefix(base) }.map {
      FolderUpdate.File(path: String($0.path.dropFirst(base.count)), bytes: $0.bytes)
    }
  }

  /// Those of review files, and what a Kustomization without an ending ends in.
  private static let otherEndings = [".review", "ustomization"]
}

// What it can tell.
extension ManifestFolder {
  /// Those that may hold policies.
  var manifests: [FolderUpdate.File] { files.filter { !ReviewFile.names.contains(Self.name(of: $0.path)) } }

  /// The folder that a file stands in, empty for this one.
  static func place(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// The name of a file, without a folder.
  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }
}
