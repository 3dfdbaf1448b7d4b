import Kubernetes
import Traffic

/// Which workloads may share their labels because they are never in each other's way: the runs of one Job, and those that
/// are gone, whose place others took.
struct Successions {
  /// Those that have no pod and will have none: they were deleted, or were nothing but pods that are over.
  let gone: Set<WorkloadID>
  /// The labels that people gave to Jobs.
  private let given: [WorkloadID: Labels]

  init(_ inventory: Inventory, _ looks: [WorkloadID: [PodTraits]]) {
    gone = Set(looks.keys.filter { Self.isGone($0, inventory) })
    let lasting = CuratedLabels.sets.reduce(into: Set<String>()) { $0.formUnion($1) }
    let jobs = looks.filter { $0.key.kind == "Job" }
    given = jobs.mapValues { looks in
      let common = looks.dropFirst().reduce(looks.first?.labels ?? [:]) { common, look in
        common.filter { look.labels[$0.key] == $0.value }
      }
      return common.filter { lasting.contains($0.key) }
    }
  }

  /// Whether labels that pick one of these workloads may pick the other too.
  func mayShare(_ id: WorkloadID, with other: WorkloadID) -> Bool {
    if gone.contains(other) { return !gone.contains(id) || maySucceed(other, id) }
    guard let labels = given[id] else { return false }
    return given[other] == labels
  }

  /// Whether one workload may take the other's place: a pod that somebody made by hand is nobody's predecessor but
  /// another's, whatever labels it was given.
  func maySucceed(_ id: WorkloadID, _ other: WorkloadID) -> Bool {
    (id.kind == Self.bare) == (other.kind == Self.bare)
  }

  private static let bare = "Pod"

  /// Whether a workload has no pod and will have none; a Job that is over, even one that was deleted, runs again tomorrow.
  static func isGone(_ id: WorkloadID, _ inventory: Inventory) -> Bool {
    guard id.kind != "Job", id.kind != "CronJob" else { return false }
    if let workload = inventory.workloads[id] { return workload.meta.deleted != nil }
    return inventory.pods(of: id).allSatisfy { inventory.pods[$0].held.until < .distantFuture }
  }
}
