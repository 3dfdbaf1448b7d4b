/// Pairs that have something in common, told in one line.
struct ChangeBundle<Key: Hashable> {
  /// What they have in common.
  let key: Key
  /// Who asks.
  let sources: [String]
  /// Who is asked; every pair of a source and a target is meant.
  let targets: [String]
  /// The changes of these pairs.
  let changes: [Change]

  /// Bundles changes by what they have in common; a change without a key is left out.
  ///
  /// The order is that of the first change of each kind, then of names.
  static func bundles(of changes: [Change], by key: (Change) -> Key?) -> [ChangeBundle] {
    var groups: [(key: Key, changes: [Change])] = []
    var places: [Key: Int] = [:]
    for change in changes {
      guard let key = key(change) else { continue }
      if let place = places[key] {
        groups[place].changes.append(change)
      } else {
        places[key] = groups.count
        groups.append((key, [change]))
      }
    }
    return groups.flatMap { group in rectangles(group.changes, key: group.key) }
  }

  /// Covers changes by sets of sources and targets whose every combination is among them.
  ///
  /// Targets with the same sources go together, or sources with the same targets, whichever gives fewer lines.
  private static func rectangles(_ changes: [Change], key: Key) -> [ChangeBundle] {
    let byTarget = alike(Dictionary(grouping: changes, by: \.to), other: \.from)
    let bySource = alike(Dictionary(grouping: changes, by: \.from), other: \.to)
    let bundles =
      byTarget.count <= bySource.count
      ? byTarget.map { ChangeBundle(key: key, sources: $0.others, targets: $0.ends, changes: $0.changes) }
      : bySource.map { ChangeBundle(key: key, sources: $0.ends, targets: $0.others, changes: $0.changes) }
    return bundles.sorted { one, other in
      one.sources == other.sources
        ? one.targets.lexicographicallyPrecedes(other.targets)
        : one.sources.lexicographicallyPrecedes(other.sources)
    }
  }

  private typealias Alike = (ends: [String], others: [String], changes: [Change])

  /// Puts together those ends whose other ends are the same.
  private static func alike(_ changes: [String: [Change]], other: (Change) -> String) -> [Alike] {
    Dictionary(grouping: changes) { $0.value.map(other).sorted() }.map { others, ends in
      let inOrder = ends.sorted { $0.key < $1.key }
      return (inOrder.map(\.key), others, inOrder.flatMap(\.value))
    }
  }
}
