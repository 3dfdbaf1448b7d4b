public import Generator
import Kubernetes

/// Policies of ours in a folder, of namespaces that a run for all of them doesn't cover any more.
///
/// The namespace may be gone, or nothing was seen of it in the time that was asked for. Nobody but people can tell, and
/// whatever the policies close stays closed.
public struct UncoveredPolicies: Sendable {
  /// How many policies a namespace has, and in which folder the first of them stands.
  public private(set) var namespaces: [(name: String, count: Int, folder: String)] = []
  /// Why they can't be left as they are.
  public private(set) var objections: [String] = []

  /// Looks at a folder after a run for these namespaces.
  public init(_ layout: FolderLayout, _ options: Options) {
    // A companion closes nothing, and its namespace is somebody else's.
    let left = layout.policies.filter {
      !options.namespaces.contains($0.namespace) && $0.folder != Bundle.companionFolder
    }
    for (name, policies) in Dictionary(grouping: left, by: \.namespace).sorted(by: { $0.key < $1.key }) {
      namespaces.append((name, policies.count, policies.map(\.folder).min() ?? ""))
      objections += policies.compactMap { policy in
        EarlierPolicy(policy.document, in: name, of: policy.file).objection(toRuling: options.isolation)
      }
    }
  }
}
