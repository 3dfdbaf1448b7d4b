import Kubernetes
import Traffic

/// The selector of every workload, proven to pick what it should.
struct Selectors {
  private let choices: [WorkloadID: SelectorChoice]
  private let looks: [WorkloadID: [PodTraits]]
  /// Whose policy is theirs too, for those who share one.
  private let faces: [WorkloadID: WorkloadID]
  let successions: Successions

  init(_ inventory: Inventory) {
    let looks = Self.looks(inventory)
    var neighbours = LabelLookup<Look>()
    for (id, own) in looks {
      for traits in own {
        neighbours.note(Look(workload: id, labels: traits.labels), traits.labels, in: id.namespace)
      }
    }
    let successions = Successions(inventory, looks)
    var choices = Dictionary(
      looks.keys.map { id in
        let choice = Self.choice(own: inventory.workloads[id]?.selector, looks[id, default: []]) { selector in
          let picked = neighbours.candidates(selector.labels, in: id.namespace).filter {
            $0.workload != id && selector.matches($0.labels) && !successions.mayShare(id, with: $0.workload)
          }
          return Set(picked.map(\.workload)).sorted()
        }
        return (id, choice)
      }, uniquingKeysWith: { first, _ in first })
    // Who is gone goes by the labels of who has them now.
    for id in successions.gone {
      guard case .shared(let selector, let others) = choices[id],
        others.contains(where: { successions.maySucceed($0, id) && choices[$0]?.selector == selector })
      else { continue }
      choices[id] = .exact(selector)
    }
    self.looks = looks
    self.choices = choices
    self.successions = successions
    faces = Self.faces(choices, gone: successions.gone)
  }

  /// What a selector sees of somebody.
  private struct Look {
    let workload: WorkloadID
    let labels: Labels
  }

  /// Everything that the workload's pods look like, each look once: today's pods, and the template.
  func replicas(of id: WorkloadID) -> [PodTraits] { looks[id, default: []] }

  /// Whether any selector can pick a pod of a workload, of today or tomorrow; asked of one without a look at the others.
  static func seeAny(of id: WorkloadID, in inventory: Inventory) -> Bool {
    inventory.pods(of: id).contains { !inventory.pods[$0].usesHostNetwork }
      || inventory.workloads[id].map { !$0.usesHostNetwork } ?? false
  }

  /// The labels that pick exactly this workload's pods.
  func choice(for id: WorkloadID) -> SelectorChoice { choices[id] ?? .none }

  /// Whose policy lets through what a workload needs: its own, but where several share one.
  func face(of id: WorkloadID) -> WorkloadID { faces[id] ?? id }

  /// What a workload is called in policies: the runs of a Job that share one go by what they have in common, so that the
  /// next one moves nothing.
  func called(_ id: WorkloadID) -> WorkloadID {
    guard faces[id] != nil, let name = successions.name(of: id) else { return id }
    return WorkloadID(namespace: id.namespace, kind: id.kind, name: name)
  }

  /// Whether a workload's policy is one of several's.
  func isSharing(_ id: WorkloadID) -> Bool { faces[id] != nil }

  /// A label that would tell the workload's pods from all others; nil where it has all that are known to last.
  func distinction(of id: WorkloadID) -> String? {
    let taken = Set(replicas(of: id).flatMap(\.labels.keys))
    return CuratedLabels.enough.first { !taken.contains($0) }.map { "\($0): \(id.name)" }
  }

  /// Those whose labels are the same have the policy of the one that is there, else of the first.
  private static func faces(
    _ choices: [WorkloadID: SelectorChoice], gone: Set<WorkloadID>
  ) -> [WorkloadID: WorkloadID] {
    let sharers = Dictionary(grouping: choices.keys.filter { choices[$0]?.selector != nil }) {
      Subject(namespace: $0.namespace, selector: choices[$0]?.selector)
    }
    var faces: [WorkloadID: WorkloadID] = [:]
    for ids in sharers.values where ids.count > 1 {
      guard let face = ids.filter({ !gone.contains($0) }).min() ?? ids.min() else { continue }
      for id in ids { faces[id] = face }
    }
    return faces
  }

  /// Whom a policy is for.
  private struct Subject: Hashable {
    let namespace: String
    let selector: LabelSelector?
  }

  /// Replicas look alike but for a few labels, so there are far fewer looks than pods.
  private static func looks(_ inventory: Inventory) -> [WorkloadID: [PodTraits]] {
    var looks: [WorkloadID: [PodTraits]] = [:]
    for id in inventory.topmost {
      let pods = inventory.pods(of: id).map { inventory.pods[$0] }
      // Workloads without a pod today, and tomorrow's replicas of those that have some.
      let template = inventory.workloads[id].map { [$0.traits] } ?? []
      let lasting = pods.filter { $0.held.until == .distantFuture }.map(\.traits) + template
      // How pods looked that are gone matters only where nothing else tells.
      let own = Set(lasting.isEmpty ? pods.map(\.traits) : lasting).filter { !$0.usesHostNetwork }
      if !own.isEmpty { looks[id] = own.inOrder }
    }
    return looks
  }

  /// The owner's own selector; where it picks others too, or there is none, labels that people give by hand and that all
  /// its pods share, beside it, the most telling first; if each of them picks others, the first.
  private static func choice(
    own: LabelSelector?, _ replicas: [PodTraits], strangers: (LabelSelector) -> [WorkloadID]
  ) -> SelectorChoice {
    var fallback: SelectorChoice = .none
    let own = own.flatMap { $0.isEverything ? nil : $0 }
    if let own {
      let picked = strangers(own)
      if picked.isEmpty { return .exact(own) }
      fallback = .shared(own, with: picked)
    }
    guard var common = replicas.first?.labels else { return fallback }
    for replica in replicas.dropFirst() { common = common.filter { replica.labels[$0.key] == $0.value } }
    for keys in CuratedLabels.sets where keys.allSatisfy({ common[$0] != nil }) {
      let labels = common.filter { keys.contains($0.key) }
      let candidate = LabelSelector(
        (own?.labels ?? [:]).merging(labels) { asked, _ in asked }, own?.requirements ?? [])
      let picked = strangers(candidate)
      if picked.isEmpty { return .exact(candidate) }
      if case .none = fallback { fallback = .shared(candidate, with: picked) }
    }
    return fallback
  }
}
