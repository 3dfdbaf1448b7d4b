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
  /// picks them. A pod's own owner counts by its name even when nobody knows its kind, and so does what stands above a
  /// kind that is made anew for each version or run: an OpenShift DeploymentConfig, a KEDA ScaledJob.
  static func topmost(
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
      guard isKnown || id.kind == "Pod" || Self.madeAnew.contains(id.kind) else { break }
      id = above
      owner = workloads[above]?.meta.owner
    }
    return id
  }

  /// Kinds of which one workload has many, one after the other.
  static let madeAnew: Set<String> = ["ReplicaSet", "ReplicationController", "Job"]

  /// What made a ReplicaSet or a Job that nobody listed.
  private static func maker(
    of id: WorkloadID, _ labels: Labels, among workloads: [WorkloadID: Workload]
  ) -> WorkloadID? {
    switch id.kind {
    case "ReplicaSet": makerOfSet(id, labels, among: workloads)
    case "Job": makerOfRun(id, labels, among: workloads)
    default: nil
    }
  }

  /// The Deployment or Rollout of a ReplicaSet.
  ///
  /// Its name is the maker's with the pods' own hash behind it, and the maker's selector picks the pod: so it is no guess.
  private static func makerOfSet(
    _ id: WorkloadID, _ labels: Labels, among workloads: [WorkloadID: Workload]
  ) -> WorkloadID? {
    for (kind, key) in [("Deployment", "pod-template-hash"), ("Rollout", "rollouts-pod-template-hash")] {
      guard let hash = labels[key], id.name.hasSuffix("-\(hash)") else { continue }
      let maker = WorkloadID(
        namespace: id.namespace, kind: kind, name: String(id.name.dropLast(hash.count + 1)))
      if workloads[maker]?.selector?.matches(labels) == true { return maker }
    }
    return nil
  }

  /// The CronJob of a Job, of which the cluster keeps the last few only.
  ///
  /// Its name is the CronJob's with the minute of the run behind it, and its pod has all labels of the CronJob's.
  private static func makerOfRun(
    _ id: WorkloadID, _ labels: Labels, among workloads: [WorkloadID: Workload]
  ) -> WorkloadID? {
    let parts = id.name.split(separator: "-")
    guard let minute = parts.last, minute.count == 8, minute.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let maker = WorkloadID(namespace: id.namespace, kind: "CronJob", name: String(id.name.dropLast(9)))
    guard let template = workloads[maker]?.templateLabels else { return nil }
    return template.allSatisfy { labels[$0.key] == $0.value } ? maker : nil
  }
}
