import Console
import Documents
import Review

/// The files in a folder of policies that were written here before.
enum OwnFiles {
  /// Whether a file of this name is one of ours: nothing but our policies, or the list of them as it is written here.
  static func contains(_ name: String, _ bytes: [UInt8]) -> Bool {
    guard let documents = try? YAML.read(bytes), !documents.isEmpty else { return false }
    return OwnDocument.areOurs(documents, inFile: name)
  }

  /// The manifests and review files right in a folder and in these folders of it, by their paths.
  static func manifests(
    in subfolders: Set<String>, of folder: borrowing OutputFolder
  ) throws -> [FolderUpdate.File] {
    var files: [FolderUpdate.File] = []
    for subfolder in subfolders.sorted() {
      for ending in [".yaml", ReviewFile.name] {
        files += try folder.files(in: subfolder, endingIn: ending, except: []).map {
          FolderUpdate.File(path: subfolder.isEmpty ? $0.name : "\(subfolder)/\($0.name)", bytes: $0.bytes)
        }
      }
    }
    return files
  }
}
