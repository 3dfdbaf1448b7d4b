import Documents
public import Generator
import Kubernetes

/// What becomes of a folder that policies were written into before, when new files take their places.
public struct FolderReplacement: Sendable {
  /// Files of ours that are no longer written, and stay.
  public private(set) var leftovers: [String] = []
  /// Review files of folders within, which this run neither reads nor writes.
  public private(set) var otherReviews: [String] = []
  /// Why nothing may be written.
  public private(set) var objections: [String] = []

  /// Looks at the files that stand there; `paths` are those that will be written.
  public init(_ files: [FolderUpdate.File], by paths: Set<String>, with plan: Plan, _ options: Options) {
    let planned = Set(plan.policies.map(\.policy.path))
    for file in files.sorted(by: { $0.path < $1.path }) {
      guard let documents = try? YAML.read(file.bytes), !documents.isEmpty else { continue }
      let isWritten = paths.contains(file.path)
      // The folder's own review file is never left behind; that of a folder in it holds what people decided there.
      let isReview = ReviewFile.names.contains { file.path.hasSuffix("/" + $0) }
      if !isWritten, isReview {
        otherReviews.append(file.path)
      } else if !isWritten, OwnDocument.areOurs(documents, inFile: file.path) {
        leftovers.append(file.path)
      }
      for document in documents where OwnDocument.isPolicy(document) {
        guard let namespace = document["metadata"]?["namespace"]?.string,
          let name = document["metadata"]?["name"]?.string, options.namespaces.contains(namespace)
        else { continue }
        let earlier = EarlierPolicy(document, in: namespace, of: file.path)
        let objection =
          if isWritten {
            earlier.objection(toWriting: options.dialect)
          } else if planned.contains("\(namespace)/\(name)") {
            String?.none
          } else {
            earlier.objection(toRuling: options.isolation)
          }
        objections += objection.map { [$0] } ?? []
      }
    }
  }
}
