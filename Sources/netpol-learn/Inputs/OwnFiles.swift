import Documents
import Review

/// The files in a folder of policies that were written here before.
enum OwnFiles {
  /// Whether a file of this name is one of ours: nothing but our policies, or the list of them as it is written here.
  static func contains(_ name: String, _ bytes: [UInt8]) -> Bool {
    guard let documents = try? YAML.read(bytes), !documents.isEmpty else { return false }
    return OwnDocument.areOurs(documents, inFile: name)
  }
}
