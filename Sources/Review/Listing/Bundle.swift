import Documents
public import Generator
public import Kubernetes

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

  /// What other namespaces lack, a file each: for those who look after them, and in no list.
  public let companions: [File]

  /// The files for the policies of a plan.
  public init(_ plan: Plan, dialect: Dialect) {
    companions = plan.companions.map {
      File(name: $0.fileName, text: YAML.write([$0.policy.node(in: dialect)]))
    }
    let policies = plan.policies
    namespaces = Dictionary(grouping: policies, by: \.policy.namespace).sorted { $0.key < $1.key }.map {
      let files = $0.value.map { File(name: $0.fileName, text: YAML.write([$0.policy.node(in: dialect)])) }
      return ($0.key, files + [Self.kustomization(files.map(\.name))])
    }
  }

  /// The folder that companions stand in; beside those of namespaces, one of which may have its name.
  public static let companionFolder = "companions"

  /// All policies as one stream of documents, in the order in which they should be applied.
  public static func stream(_ policies: [PlannedPolicy], dialect: Dialect) -> String {
    YAML.write(policies.map { $0.policy.node(in: dialect) })
  }

  /// Kustomize sorts by kind and name unless it is told to keep the order: the closed door must come last.
  private static func kustomization(_ names: [String]) -> File {
    File(name: "kustomization.yaml", text: list(names))
  }

  /// The list of these files.
  static func list(_ names: [String]) -> String {
    let node: Node = .mapping([
      "apiVersion": .string("kustomize.config.k8s.io/v1beta1"),
      "kind": .string("Kustomization"),
      "resources": .sequence(names.map { .string($0) }),
      "sortOptions": .mapping(["order": .string("fifo")]),
    ])
    return YAML.write([node])
  }
}
