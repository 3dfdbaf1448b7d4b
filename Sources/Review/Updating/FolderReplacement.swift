import Documents
public import Generator
import Kubernetes

/// What becomes of a folder that policies were written into before, when new files take their places.
public struct FolderReplacement: Sendable {
  /// Files of ours that are no longer written, and stay.
  public private(set) var leftovers: [String] = []
  /// Why nothing may be written, where policies of ours lie in other places than those that come.
  public private(set) var disorder: Disorder?
  /// Why nothing may be written.
  public private(set) var objections: [String] = []

  /// Policies of ours that would stand twice, or among those of another namespace.
  public enum Disorder: Hashable, Sendable {
    /// They lie right in the folder, and new ones get a folder of their own.
    case flat(Set<String>)
    /// They lie right in the folder and in a folder of their own, and nobody can tell which are meant.
    case twice(String)
    /// Those of others lie right in the folder, where new ones would take their names.
    case others(Set<String>, than: String)
  }

  /// Looks at the files that stand there; `places` tells the folder of each namespace, and `paths` what will be written.
  public init(
    _ files: [FolderUpdate.File], _ layout: FolderLayout, places: [String: String], by paths: Set<String>,
    with plan: Plan, _ options: Options
  ) {
    disorder = Self.disorder(layout, places)
    let written = Set(paths.map(FolderLayout.folder)).union([""])
    for file in files.sorted(by: { $0.path < $1.path }) where !paths.contains(file.path) {
      guard written.contains(FolderLayout.folder(of: file.path)), let documents = try? YAML.read(file.bytes),
        !documents.isEmpty
      else { continue }
      if OwnDocument.areOurs(documents, inFile: file.path)
        || documents.contains(where: OwnDocument.isPolicy)
      {
        leftovers.append(file.path)
      }
    }
    let planned = Set(plan.policies.map(\.policy.path))
    for policy in layout.policies where places[policy.namespace] == policy.folder {
      let earlier = EarlierPolicy(policy.document, in: policy.namespace, of: policy.file)
      let objection =
        if paths.contains(policy.file) {
          earlier.objection(toWriting: options.dialect)
        } else if planned.contains(policy.path) {
          String?.none
        } else {
          earlier.objection(toRuling: options.isolation)
        }
      objections += objection.map { [$0] } ?? []
    }
  }

  private static func disorder(_ layout: FolderLayout, _ places: [String: String]) -> Disorder? {
    let displaced = layout.flat.filter { places[$0].map { !$0.isEmpty } ?? false }
    if !displaced.isEmpty { return .flat(displaced) }
    guard let namespace = places.first(where: { $0.value.isEmpty })?.key else { return nil }
    if layout.own.contains(namespace) { return .twice(namespace) }
    let others = layout.flat.subtracting([namespace])
    return others.isEmpty ? nil : .others(others, than: namespace)
  }
}
