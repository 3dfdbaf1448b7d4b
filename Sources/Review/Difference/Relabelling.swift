import Kubernetes

/// Rules that mean other namespaces on the two sides, because labels of namespaces changed.
///
/// What policies do to the pods that are known is compared pair by pair. Pods that may come to such a namespace are not
/// sought examples for: each rule whose selector now picks it, or no longer, is told as not decided.
struct Relabelling {
  /// Those rules, but for the ones that a known pair tells.
  let undecided: [Undecided]

  init(from before: PolicySet, to after: PolicySet, besides known: KnownChanges) {
    let told = Set(known.changes.flatMap(\.change.causes).map(\.citation))
    // A namespace that is known on one side only came or went, and its pods with it.
    let names = Set(before.namespaces.keys).intersection(after.namespaces.keys).filter {
      before.labels(ofNamespace: $0) != after.labels(ofNamespace: $0)
    }
    let looks = names.map { (was: before.labels(ofNamespace: $0), now: after.labels(ofNamespace: $0)) }
    func rules(of set: PolicySet, _ isTurned: (LabelSelector) -> Bool) -> [Citation] {
      set.policies.flatMap { policy in
        policy.isolates.directions.flatMap { direction in
          policy.rules(direction).enumerated().compactMap { index, rule in
            guard case .only(let peers) = rule.peers,
              peers.contains(where: { $0.namespaces.map(isTurned) ?? false })
            else { return nil }
            return Citation(policy, direction, rule: index, rule)
          }
        }
      }
    }
    let opens = rules(of: after) { selector in
      looks.contains { selector.matches($0.now) && !selector.matches($0.was) }
    }
    let opened = rules(of: before) { selector in
      looks.contains { selector.matches($0.was) && !selector.matches($0.now) }
    }
    undecided =
      opens.filter { !told.contains($0) }.map {
        Undecided(role: .opens, citations: [$0], reason: .relabelledNamespace)
      }
      + opened.filter { !told.contains($0) }.map {
        Undecided(role: .opened, citations: [$0], reason: .relabelledNamespace)
      }
  }
}
