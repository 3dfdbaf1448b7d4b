import Console
import Documents
import Review

/// Which files in a folder of policies were written here, and may be replaced.
enum OwnFiles {
  /// Whether a file of this name is one of ours: nothing but our policies, or the list of them as it is written here.
  static func contains(_ name: String, _ bytes: [UInt8]) -> Bool {
    guard let documents = try? YAML.read(bytes), !documents.isEmpty else { return false }
    return name == "kustomization.yaml"
      ? documents.allSatisfy(OwnDocument.isList) : documents.allSatisfy(OwnDocument.isPolicy)
  }

  /// Our files in a folder that these files leave as they are.
  static func leftovers(
    of files: Set<String>, in subfolder: String, of folder: borrowing OutputFolder
  ) throws -> [String] {
    try folder.files(in: subfolder, endingIn: ".yaml", except: files).filter { file in
      // The review file of the folder itself is never left behind.
      contains(file.name, file.bytes) || (file.name == ReviewFile.name && !subfolder.isEmpty)
    }.map { subfolder.isEmpty ? $0.name : "\(subfolder)/\($0.name)" }
  }
}
