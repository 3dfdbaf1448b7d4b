import Kubernetes
import Traffic

/// Which workloads may share their labels because they are never in each other's way: the runs of one Job, and those that
/// are gone, whose place others took.
struct Successions {
  /// Those that have no pod and will have none: they were deleted with their pods, or were nothing but pods that are over.
  let gone: Set<WorkloadID>
  /// What people gave to runs of Jobs.
  private let runs: [WorkloadID: Run]

  init(_ inventory: Inventory, _ looks: [WorkloadID: [PodTraits]]) {
    gone = Set(looks.keys.filter { Self.isGone($0, inventory) })
    runs = looks.reduce(into: [:]) { runs, each in
      guard each.key.kind == "Job", let name = Self.name(ofRun: each.key.name) else { return }
      let common = each.value.dropFirst().reduce(each.value.first?.labels ?? [:]) { common, look in
        common.filter { look.labels[$0.key] == $0.value }
      }
      runs[each.key] = Run(name: name, labels: common.filter { Passing(of: $0.key) == nil })
    }
  }

  /// What the runs of one Job have in common.
  private struct Run: Hashable {
    let name: String
    let labels: Labels
  }

  /// The name of a Job without what tells its runs apart, a number or a hash behind a dash; nil where there is none.
  private static func name(ofRun name: String) -> String? {
    guard let dash = name.lastIndex(of: "-"), dash > name.startIndex else { return nil }
    let mark = name[name.index(after: dash)...]
    return mark.contains(where: \.isNumber) ? String(name[..<dash]) : nil
  }

  /// What all runs of a Job are called; nil for what is no run of one.
  func name(of id: WorkloadID) -> String? { runs[id]?.name }

  /// Whether labels that pick one of these workloads may pick the other too.
  func mayShare(_ id: WorkloadID, with other: WorkloadID) -> Bool {
    if gone.contains(other) { return !gone.contains(id) || maySucceed(other, id) }
    guard let run = runs[id] else { return false }
    return runs[other] == run
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
    // Who deletes an owner may leave its pods.
    if let workload = inventory.workloads[id], workload.meta.deleted == nil { return false }
    return inventory.pods(of: id).allSatisfy { inventory.pods[$0].held.until < .distantFuture }
  }
}
