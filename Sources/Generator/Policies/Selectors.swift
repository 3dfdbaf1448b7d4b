import Kubernetes

/// The selector of every workload, proven to pick what it should.
struct Selectors {
  private let choices: [WorkloadID: SelectorChoice]
  private let looks: [WorkloadID: [PodTraits]]

  init(_ inventory: Inventory) {
    let looks = Self.looks(inventory)
    var neighbours = LabelLookup<Look>()
    for (id, own) in looks {
      for traits in own {
        neighbours.note(Look(workload: id, labels: traits.labels), traits.labels, in: id.namespace)
      }
    }
    self.looks = looks
    choices = Dictionary(
      looks.keys.map { id in
        let candidates = Self.candidates(for: id, inventory, looks[id, default: []])
        return (
          id,
          Self.choice(candidates) { selector in
            let picked = neighbours.candidates(selector.labels, in: id.namespace).filter {
              $0.workload != id && selector.matches($0.labels)
            }
            return Set(picked.map(\.workload)).sorted()
          }
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  /// What a selector sees of somebody.
  private struct Look {
    let workload: WorkloadID
    let labels: Labels
  }

  /// Everything that the workload's pods are known to look like, each look once: today's pods, and the template.
  func replicas(of id: WorkloadID) -> [PodTraits] { looks[id, default: []] }

  /// The labels that pick exactly this workload's pods.
  func choice(for id: WorkloadID) -> SelectorChoice { choices[id] ?? .none }

  /// Replicas look alike but for a few labels, so there are far fewer looks than pods.
  private static func looks(_ inventory: Inventory) -> [WorkloadID: [PodTraits]] {
    var looks: [WorkloadID: [PodTraits]] = [:]
    for id in inventory.topmost {
      let pods = inventory.pods(of: id).map { inventory.pods[$0].traits }
      // Workloads whose pods are all gone, and tomorrow's replicas of those that have some.
      let template = inventory.workloads[id].map { [$0.traits] } ?? []
      let own = Set(pods + template).filter { !$0.usesHostNetwork }
      if !own.isEmpty { looks[id] = own.inOrder }
    }
    return looks
  }

  /// The first candidate that picks nobody else; else the first at all.
  private static func choice(
    _ candidates: [LabelSelector], strangers: (LabelSelector) -> [WorkloadID]
  ) -> SelectorChoice {
    var fallback: SelectorChoice = .none
    for candidate in candidates {
      let picked = strangers(candidate)
      if picked.isEmpty { return .exact(candidate) }
      if case .none = fallback { fallback = .shared(candidate, with: picked) }
    }
    return fallback
  }

  /// The owner's own selector; where it has none, curated labels that all its pods share, the most telling first.
  private static func candidates(
    for id: WorkloadID, _ inventory: Inventory, _ replicas: [PodTraits]
  ) -> [LabelSelector] {
    if let own = inventory.workloads[id]?.selector, !own.isEverything { return [own] }
    guard var common = replicas.first?.labels else { return [] }
    for replica in replicas.dropFirst() { common = common.filter { replica.labels[$0.key] == $0.value } }
    return CuratedLabels.sets.compactMap { keys in
      guard keys.allSatisfy({ common[$0] != nil }) else { return nil }
      return LabelSelector(common.filter { keys.contains($0.key) })
    }
  }
}
