import Documents
import Generator
import Kubernetes

/// A policy of ours that an earlier run wrote, and what keeps a run from leaving it or from taking its place.
struct EarlierPolicy {
  /// What it says; nil where it is no valid policy any more.
  let policy: NetworkPolicy?
  /// The kind of object that it is.
  let dialect: Dialect?

  private let path: String
  private let file: String

  /// A policy of this namespace that stands in a file.
  init(_ document: Node, in namespace: String, of file: String) {
    let read = Dialect.allCases.lazy.compactMap { dialect in
      (try? NetworkPolicy(document.withNamespace(namespace), in: dialect, file: file)).map { ($0, dialect) }
    }.first
    (policy, dialect) = (read?.0, read?.1)
    path = "\(namespace)/\(document["metadata"]?["name"]?.string ?? "")"
    self.file = file
  }
}

// What it can tell.
extension EarlierPolicy {
  /// Why it can't be left where a run rules these sides alone; nil where it can.
  ///
  /// Where a side is left open nothing is written for it, and one policy that still closes it cuts all that its pods need
  /// there: names would be the last thing that works.
  func objection(toRuling isolation: Isolation) -> String? {
    guard dialect == .kubernetes, let policy,
      let side = policy.isolates.directions.first(where: { !isolation.covers($0) })
    else { return nil }
    return "`\(path)` in `\(file)` closes \(side.rawValue), which `--direction` leaves open: "
      + "what its pods need there would be cut"
  }

  /// Why no object of a kind can take its place; nil where one can.
  func objection(toWriting dialect: Dialect) -> String? {
    guard dialect == .calicoStaged, self.dialect == .kubernetes else { return nil }
    return "`\(path)` in `\(file)` is in force, and staged in its place it would not be"
  }
}
