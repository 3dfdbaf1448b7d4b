import Console
import Documents
import Generator

/// Which files in a folder of policies were written here, and may be replaced.
enum OwnFiles {
  /// Whether a file of this name is one of ours: nothing but our policies, or the list of them as it is written here.
  static func contains(_ name: String, _ bytes: [UInt8]) -> Bool {
    guard let documents = try? YAML.read(bytes), !documents.isEmpty else { return false }
    return name == "kustomization.yaml"
      ? documents.allSatisfy(isOurList) : documents.allSatisfy(isOurPolicy)
  }

  /// Our files in a folder that these files leave as they are.
  static func leftovers(
    of files: Set<String>, in subfolder: String, of folder: borrowing OutputFolder
  ) throws -> [String] {
    try folder.files(in: subfolder, endingIn: ".yaml", except: files).filter { file in
      contains(file.name, file.bytes)
    }.map { subfolder.isEmpty ? $0.name : "\(subfolder)/\($0.name)" }
  }

  private static func isOurPolicy(_ document: Node) -> Bool {
    ["NetworkPolicy", "StagedKubernetesNetworkPolicy"].contains(document["kind"]?.string)
      && document["metadata"]?["labels"]?["app.kubernetes.io/managed-by"]?.string == "netpol-learn"
  }

  /// Whether somebody added to the list what would be lost.
  private static func isOurList(_ document: Node) -> Bool {
    let known = ["apiVersion", "kind", "resources", "sortOptions"]
    guard document["kind"]?.string == "Kustomization",
      document.mapping?.allSatisfy({ known.contains($0.key) }) == true
    else { return false }
    return (document["resources"]?.sequence ?? []).allSatisfy { resource in
      guard let name = resource.string else { return false }
      return name.hasPrefix("networkpolicy-") && name.hasSuffix(".yaml")
    }
  }
}
