import Kubernetes

/// Chooses the selector of every workload, and proves that it picks what it should.
struct Selectors {
  private let inventory: Inventory
  private let pods: [String: [(traits: PodTraits, owner: WorkloadID)]]

  init(_ inventory: Inventory) {
    self.inventory = inventory
    var pods: [String: [(traits: PodTraits, owner: WorkloadID)]] = [:]
    for pod in inventory.pods where !pod.usesHostNetwork {
      pods[pod.meta.namespace, default: []].append((pod.traits, inventory.workload(of: pod)))
    }
    // Workloads whose pods are all gone, and tomorrow's replicas of those that have some.
    for workload in inventory.workloads.values where workload.meta.owner == nil && !workload.usesHostNetwork {
      pods[workload.meta.namespace, default: []].append((workload.traits, workload.id))
    }
    self.pods = pods
  }

  /// Everything that the workload's pods are known to look like: each pod, and the template.
  func replicas(of id: WorkloadID) -> [PodTraits] {
    pods[id.namespace, default: []].filter { $0.owner == id }.map(\.traits)
  }

  /// The labels that pick exactly this workload's pods.
  func choice(for id: WorkloadID) -> SelectorChoice {
    var fallback: SelectorChoice = .none
    for candidate in candidates(for: id) {
      let strangers = strangers(picked: candidate, of: id)
      if strangers.isEmpty { return .exact(candidate) }
      if case .none = fallback { fallback = .shared(candidate, with: strangers) }
    }
    return fallback
  }

  /// Other workloads whose pods the selector would pick too.
  private func strangers(picked selector: LabelSelector, of id: WorkloadID) -> [WorkloadID] {
    let picked = pods[id.namespace, default: []].filter {
      $0.owner != id && selector.matches($0.traits.labels)
    }
    return Set(picked.map(\.owner)).sorted()
  }

  /// The owner's own selector; where it has none, curated labels that all its pods share, the shortest first.
  private func candidates(for id: WorkloadID) -> [LabelSelector] {
    if let own = inventory.workloads[id]?.selector, !own.isEverything { return [own] }
    let replicas = replicas(of: id)
    guard var common = replicas.first?.labels else { return [] }
    for replica in replicas.dropFirst() { common = common.filter { replica.labels[$0.key] == $0.value } }
    return CuratedLabels.sets.compactMap { keys in
      guard keys.allSatisfy({ common[$0] != nil }) else { return nil }
      return LabelSelector(common.filter { keys.contains($0.key) })
    }
  }
}

/// Labels that people give by hand and that outlive roll-outs, in the order of preference.
///
/// Everything else on a pod (hashes, indexes, chart and topology labels, versions) changes under a selector's feet.
enum CuratedLabels {
  static let sets: [Set<String>] = [
    ["app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/component"],
    ["app.kubernetes.io/name", "app.kubernetes.io/instance"],
    ["app.kubernetes.io/name", "app.kubernetes.io/component"],
    ["app.kubernetes.io/name"],
    ["app", "component"],
    ["app", "tier"],
    ["app", "role"],
    ["app", "release"],
    ["app"],
    ["k8s-app"],
    ["operator.prometheus.io/name"],
    ["strimzi.io/name"],
    ["cnpg.io/cluster"],
    ["postgres-operator.crunchydata.com/cluster"],
    ["run"],
  ]
}
