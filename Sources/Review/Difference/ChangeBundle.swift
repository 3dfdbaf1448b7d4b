/// Pairs that change alike and for the same reason, told in one line.
struct ChangeBundle<Key: Hashable> {
  /// What they have in common.
  let key: Key
  /// Who asks.
  let sources: [String]
  /// Who is asked; every pair of a source and a target is meant.
  let targets: [String]

  /// Bundles changes by what they have in common; a change without a key is left out.
  ///
  /// Changes keep the order in which the first of each bundle comes.
  static func bundles(of changes: [Change], by key: (Change) -> Key?) -> [ChangeBundle] {
    var groups: [(key: Key, pairs: [Pair])] = []
    var places: [Key: Int] = [:]
    for change in changes {
      guard let key = key(change) else { continue }
      let pair = Pair(source: change.from, target: change.to)
      if let place = places[key] {
        groups[place].pairs.append(pair)
      } else {
        places[key] = groups.count
        groups.append((key, [pair]))
      }
    }
    return groups.flatMap { group in
      rectangles(group.pairs).map { ChangeBundle(key: group.key, sources: $0, targets: $1) }
    }
  }

  private struct Pair {
    let source: String
    let target: String
  }

  /// Covers pairs by sets of sources and targets whose every combination is among them.
  private static func rectangles(_ pairs: [Pair]) -> [([String], [String])] {
    let targetsBySource = Dictionary(grouping: pairs, by: \.source).mapValues { $0.map(\.target) }
    let sourcesByTarget = Dictionary(grouping: pairs, by: \.target).mapValues { $0.map(\.source) }
    let byTarget = Dictionary(grouping: sourcesByTarget.keys) { sourcesByTarget[$0] ?? [] }
    let bySource = Dictionary(grouping: targetsBySource.keys) { targetsBySource[$0] ?? [] }
    let covers =
      byTarget.count <= bySource.count
      ? byTarget.map { ($0.key, $0.value.sorted()) } : bySource.map { ($0.value.sorted(), $0.key) }
    return covers.sorted { ($0.0.first ?? "", $0.1.first ?? "") < ($1.0.first ?? "", $1.1.first ?? "") }
  }
}
