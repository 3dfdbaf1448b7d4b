import Console
import Review

extension ReviewFolder {
  /// The review file of a folder that policies are written into: what stands right in it, and is no link.
  init(ofPoliciesAt path: String) throws {
    self.init()
    guard let folder = try OutputFolder(existingAt: path) else { return }
    for file in try folder.files(in: "", endingIn: ReviewFile.name, except: [])
    where file.name == ReviewFile.name {
      try read(file.bytes, at: file.name, beneath: path)
    }
  }

  /// The review files of a folder of manifests, wherever they lie in it.
  init(of folder: ManifestFolder) throws {
    self.init()
    for file in folder.files where ManifestFolder.name(of: file.path) == ReviewFile.name {
      try read(file.bytes, at: file.path, beneath: folder.path)
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
