/// A kind of object that an inventory lacks, and what cannot be told without it.
public struct MissingKind: Hashable, Sendable {
  /// How kubectl calls it.
  public let resource: String
  /// What cannot be told.
  public let effect: String
}

extension Collection<ClusterObject> {
  /// What is missing to tell every address's owner, as far as the objects themselves show it.
  ///
  /// They are looked through twice and not copied: there may be a whole cluster of them.
  public var missingKinds: [MissingKind] {
    var kinds: Set<String> = []
    var workloads: [WorkloadID: Workload] = [:]
    for object in self {
      kinds.insert(object.kind)
      if case .workload(let workload) = object { workloads[workload.id] = workload }
    }
    var unknownMakers: Set<String> = []
    // Whoever made a pod that is gone may be gone as well, and nothing that kubectl prints would add it.
    for case .pod(let pod) in self where pod.meta.deleted == nil && pod.goneBy == nil {
      let owner = Owners.topmost(pod.meta, kind: "Pod", among: workloads)
      if workloads[owner] == nil { unknownMakers.insert(owner.kind) }
    }
    return MissingKind.always.filter { kinds.isDisjoint(with: $0.kinds) }.map(\.missing)
      + MissingKind.makers.filter { unknownMakers.contains($0.kind) }.map(\.missing)
  }
}

extension MissingKind {
  /// What every cluster has, by the kinds of which one is enough.
  fileprivate static let always: [(kinds: Set<String>, missing: MissingKind)] = [
    (["Pod"], MissingKind(resource: "pods", effect: "no address is anybody's")),
    (["Service"], MissingKind(resource: "svc", effect: "addresses of Services are nobody's")),
    (
      ["EndpointSlice", "Endpoints"],
      MissingKind(
        resource: "endpointslices",
        effect: "who is behind Services without a selector, the API server's among them, is not known")
    ),
    (
      ["Node"],
      MissingKind(
        resource: "nodes", effect: "nodes and the pods in their networks count as somebody outside")
    ),
    (["Namespace"], MissingKind(resource: "ns", effect: "namespaces have no labels but their names")),
  ]

  /// What makes pods, in the order of what a cluster has most of.
  fileprivate static let makers: [(kind: String, missing: MissingKind)] = [
    ("ReplicaSet", "rs"), ("Deployment", "deploy"), ("StatefulSet", "sts"), ("DaemonSet", "ds"),
    ("Job", "jobs"), ("CronJob", "cronjobs"), ("ReplicationController", "rc"), ("Rollout", "rollouts"),
  ].map { kind, resource in
    let effect =
      Owners.madeAnew.contains(kind)
      ? "the owners of pods end at the names of \(kind)s, which change with each version or run"
      : "the selectors of \(kind)s are not known, and their pods are picked by usual labels"
    return (kind, MissingKind(resource: resource, effect: effect))
  }
}
