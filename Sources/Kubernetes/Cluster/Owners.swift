/// The topmost owners of pods.
struct Owners: Sendable {
  /// The owner of each pod, by the pod's place.
  let ofPods: [WorkloadID]
  /// The places of each owner's pods.
  let pods: [WorkloadID: [Int]]
  /// Every owner that nothing known owns, in order.
  let topmost: [WorkloadID]

  init(of pods: [Pod], among workloads: [WorkloadID: Workload]) {
    let owners = pods.map { Self.topmost($0.meta, kind: "Pod", among: workloads) }
    ofPods = owners
    self.pods = Dictionary(grouping: owners.indices) { owners[$0] }
    let makers = workloads.values.map { Self.topmost($0.meta, kind: $0.kind, among: workloads) }
    topmost = Set(owners + makers).sorted()
  }

  /// The last of the chain of owners that is known, or that is of a kind whose pods are known to be its own.
  ///
  /// What stands above a StatefulSet may be an operator's own object: it makes no pods, and the StatefulSet's selector
  /// picks them. A pod's own owner counts by its name even when nobody knows its kind.
  private static func topmost(
    _ meta: ObjectMeta, kind: String, among workloads: [WorkloadID: Workload]
  ) -> WorkloadID {
    var id = WorkloadID(namespace: meta.namespace, kind: kind, name: meta.name)
    var owner = meta.owner
    // A chain of owners is short; the bound is for one that lies and closes on itself.
    for _ in 0..<8 {
      // A pod that its machine runs by itself names the machine as its owner: that is no workload.
      guard let next = owner, next.kind != "Node" else { break }
      var above = WorkloadID(namespace: meta.namespace, kind: next.kind, name: next.name)
      if workloads[above] == nil, let maker = Self.maker(of: above, meta.labels, among: workloads) {
        above = maker
      }
      let isKnown = workloads[above] != nil || Workload.kinds.contains(next.kind)
      guard isKnown || id.kind == "Pod" else { break }
      id = above
      owner = workloads[above]?.meta.owner
    }
    return id
  }

  /// The Deployment or Rollout of a ReplicaSet that nobody listed.
  ///
  /// Its name is the maker's with the pods' own hash behind it, and the maker's selector picks the pod: so it is no guess.
  private static func maker(
    of id: WorkloadID, _ labels: Labels, among workloads: [WorkloadID: Workload]
  ) -> WorkloadID? {
    guard id.kind == "ReplicaSet" else { return nil }
    for (kind, key) in [("Deployment", "pod-template-hash"), ("Rollout", "rollouts-pod-template-hash")] {
      guard let hash = labels[key], id.name.hasSuffix("-\(hash)") else { continue }
      let maker = WorkloadID(
        namespace: id.namespace, kind: kind, name: String(id.name.dropLast(hash.count + 1)))
      if workloads[maker]?.selector?.matches(labels) == true { return maker }
    }
    return nil
  }
}
