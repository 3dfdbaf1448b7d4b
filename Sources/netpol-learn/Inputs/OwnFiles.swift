import Console
import Documents
import Generator
import Review

/// Which files in a folder of policies were written here, and may be replaced.
enum OwnFiles {
  /// Whether a file of this name is one of ours: nothing but our policies, or the list of them as it is written here.
  static func contains(_ name: String, _ bytes: [UInt8]) -> Bool {
    if name == ReviewFile.name { return (try? ReviewFile(bytes)) != nil }
    guard let documents = try? YAML.read(bytes), !documents.isEmpty else { return false }
    return name == "kustomization.yaml"
      ? documents.allSatisfy(OwnDocument.isList) : documents.allSatisfy(OwnDocument.isPolicy)
  }

  /// Refuses to go on where a review file says what the one in its place would not.
  static func requireKept(by review: ReviewFile, in folder: borrowing OutputFolder) throws {
    for file in try folder.files(in: "", endingIn: ReviewFile.name, except: [])
    where file.name == ReviewFile.name {
      guard let earlier = try? ReviewFile(file.bytes), !review.keeps(earlier) else { continue }
      let path = folder.path.hasSuffix("/") ? folder.path + file.name : "\(folder.path)/\(file.name)"
      throw Complaint(
        "what people wrote in `\(path)` would be lost", hint: "add `--accept \(path)`, or move it away",
        exitCode: .refused)
    }
  }

  /// Our files in a folder that these files leave as they are.
  static func leftovers(
    of files: Set<String>, in subfolder: String, of folder: borrowing OutputFolder
  ) throws -> [String] {
    try folder.files(in: subfolder, endingIn: ".yaml", except: files).filter { file in
      contains(file.name, file.bytes)
    }.map { subfolder.isEmpty ? $0.name : "\(subfolder)/\($0.name)" }
  }
}
