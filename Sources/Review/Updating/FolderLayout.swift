import Documents

/// How a folder of policies is laid out: whose lie right in it, and who has a folder of the own name in it.
///
/// Policies add up. Those of a namespace stand in one place, or what was taken back in one stays in force by the other.
public struct FolderLayout: Sendable {
  /// The policies of ours, in the order of their files.
  let policies: [Policy]
  /// The namespaces whose policies lie right in the folder.
  public let flat: Set<String>
  /// The namespaces that have a folder of their own name.
  public let own: Set<String>

  /// A policy of ours, and where it stands.
  struct Policy {
    let document: Node
    let namespace: String
    let name: String
    let file: String

    var path: String { "\(namespace)/\(name)" }
    /// The folder that it stands in, empty for the one that is looked at.
    var folder: String { FolderLayout.folder(of: file) }
  }

  /// Looks at the files of a folder; `namespace` is meant where a policy right in it says none.
  public init(_ files: [FolderUpdate.File], meaning namespace: String? = nil) {
    policies = files.sorted { $0.path < $1.path }.flatMap { Self.policies(in: $0, meaning: namespace) }
    flat = Set(policies.filter { $0.folder.isEmpty }.map(\.namespace))
    own = Set(policies.filter { $0.folder == $0.namespace }.map(\.namespace))
  }

  private static func policies(in file: FolderUpdate.File, meaning namespace: String?) -> [Policy] {
    let folder = folder(of: file.path)
    return ((try? YAML.read(file.bytes)) ?? []).filter(OwnDocument.isPolicy).compactMap { document in
      let metadata = document["metadata"]
      guard let name = metadata?["name"]?.string,
        let home = metadata?["namespace"]?.string ?? (folder.isEmpty ? namespace : folder)
      else { return nil }
      return Policy(document: document, namespace: home, name: name, file: file.path)
    }
  }
}

// What it can tell.
extension FolderLayout {
  /// The folder that the policies of a namespace are written into, empty for the folder itself.
  ///
  /// Several namespaces have a folder each, and so has one where others have. Where a single one's lie right in the
  /// folder they stay there.
  public func place(of namespace: String, among chosen: Set<String>, isEvery: Bool) -> String {
    if chosen.count > 1 { return namespace }
    if flat.contains(namespace) { return "" }
    return isEvery || !own.isEmpty ? namespace : ""
  }

  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }
}
