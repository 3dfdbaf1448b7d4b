import Console
import Review

extension ReviewFolder {
  /// The review files of a folder that policies are written into, of namespaces' folders in it, and of the folder above
  /// where it is one itself.
  init(of folder: PolicyFolder, _ above: FolderAbove?) throws {
    self.init(own: folder.layout.own)
    for file in folder.reviews { try read(file.bytes, at: file.path, beneath: folder.path) }
    try above?.read(into: &self)
  }

  /// The review files of a folder of manifests, wherever they lie in it.
  init(of folder: ManifestFolder, _ above: FolderAbove?) throws {
    self.init()
    for file in folder.files where ReviewFile.names.contains(ManifestFolder.name(of: file.path)) {
      try read(file.bytes, at: file.path, beneath: folder.path)
    }
    try above?.read(into: &self)
  }

  /// Says which files have a name that no file gets any more.
  func tellFormerNames(in folder: String, on terminal: inout Terminal) {
    for path in files.keys.sorted() where ManifestFolder.name(of: path) == ReviewFile.formerName {
      terminal.hint(
        "`kubectl apply -f` takes `\((folder.hasSuffix("/") ? folder : folder + "/") + path)` for a manifest; renamed to `\(ReviewFile.name)` it is passed over"
      )
    }
  }

  private mutating func read(_ bytes: [UInt8], at path: String, beneath folder: String) throws {
    let name = (folder.hasSuffix("/") ? folder : folder + "/") + path
    do {
      try read(bytes, at: path, named: name)
    } catch {
      throw Decided.complaint(error, in: name, wanted: "review file")
    }
  }
}
