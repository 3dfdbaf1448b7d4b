import Console
import Documents
import Generator
import Review

/// A folder that policies are written into, as it is before: the manifests and review files in it and its folders.
struct PolicyFolder {
  /// The folder, as people wrote it.
  let path: String
  /// The manifests, by their paths in it.
  let files: [FolderUpdate.File]
  /// Whose policies of ours lie where.
  let layout: FolderLayout
  /// Whether the run is one for all namespaces.
  let isEvery: Bool
  /// The review files that count: those right in it, and those of namespaces' folders in it.
  let reviews: [FolderUpdate.File]

  /// Reads what is there; a folder that is not has nothing in it.
  init(at path: String, for namespaces: NamespaceOptions) throws {
    self.path = path
    isEvery = namespaces.isEvery
    var files: [FolderUpdate.File] = []
    if let folder = try OutputFolder(existingAt: path) {
      for subfolder in [""] + (try folder.folders()) {
        files += try folder.files(
          in: subfolder, endingIn: InputFiles.manifestSuffixes + [ReviewFile.name],
          needed: Set(ReviewFile.names)
        ).map {
          FolderUpdate.File(path: subfolder.isEmpty ? $0.name : "\(subfolder)/\($0.name)", bytes: $0.bytes)
        }
      }
    }
    let names = Set(namespaces.names)
    let isSeveral = isEvery || names.count > 1
    let layout = FolderLayout(files, meaning: isSeveral ? nil : names.first)
    reviews = files.filter { file in
      let folder = ManifestFolder.place(of: file.path)
      return ReviewFile.names.contains(ManifestFolder.name(of: file.path))
        && (folder.isEmpty || isSeveral || names.contains(folder) || layout.own.contains(folder))
    }
    self.files = files.filter { !ReviewFile.names.contains(ManifestFolder.name(of: $0.path)) }
    self.layout = layout
  }
}

// What it can tell.
extension PolicyFolder {
  /// The folder in it that the policies of each of these namespaces belong to, empty for this one.
  func places(of namespaces: Set<String>) -> [String: String] {
    Dictionary(
      namespaces.map { ($0, layout.place(of: $0, among: namespaces, isEvery: isEvery)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// A path in it, as people would write it.
  func shown(_ name: String) -> String { Self.path(name, in: path) }

  /// A path in a folder, as people would write it.
  static func path(_ name: String, in folder: String) -> String {
    name.isEmpty ? folder : (folder.hasSuffix("/") ? folder : folder + "/") + name
  }
}
