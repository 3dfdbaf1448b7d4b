import Documents
public import Generator
import Kubernetes

/// The files of a set of policies, ready to be reviewed and applied.
public struct Bundle: Sendable {
  /// A file by its name.
  public struct File: Hashable, Sendable {
    /// The name, without a folder.
    public let name: String
    /// What it says.
    public let text: String
  }

  /// The files of each namespace, in the order in which they should be applied, and last the list of them.
  public let namespaces: [(name: String, files: [File])]

  /// The files for these policies.
  public init(_ policies: [PlannedPolicy]) {
    namespaces = Dictionary(grouping: policies, by: \.policy.namespace).sorted { $0.key < $1.key }.map {
      let files = $0.value.map { File(name: $0.fileName, text: YAML.write([$0.policy.node])) }
      return ($0.key, files + [Self.kustomization(files.map(\.name))])
    }
  }

  /// All policies as one stream of documents, in the order in which they should be applied.
  public static func stream(_ policies: [PlannedPolicy]) -> String {
    YAML.write(policies.map(\.policy.node))
  }

  /// Kustomize sorts by kind and name unless it is told to keep the order: the closed door must come last.
  private static func kustomization(_ names: [String]) -> File {
    let node: Node = .mapping([
      "apiVersion": .string("kustomize.config.k8s.io/v1beta1"),
      "kind": .string("Kustomization"),
      "resources": .sequence(names.map { .string($0) }),
      "sortOptions": .mapping(["order": .string("fifo")]),
    ])
    return File(name: "kustomization.yaml", text: YAML.write([node]))
  }
}
