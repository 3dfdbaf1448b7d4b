/// A kind of object that an inventory lacks, and what cannot be told without it.
public struct MissingKind: Hashable, Sendable {
  /// How kubectl calls it.
  public let resource: String
  /// What cannot be told.
  public let effect: String
}

extension Inventory {
  /// What is missing to tell every address's owner, as far as the objects themselves show it.
  public var missingKinds: [MissingKind] {
    var missing: [MissingKind] = []
    func note(_ resource: String, _ effect: String, if isMissing: Bool) {
      if isMissing { missing.append(MissingKind(resource: resource, effect: effect)) }
    }
    note("pods", "no address is anybody's", if: pods.isEmpty)
    note("svc", "addresses of Services are nobody's", if: services.isEmpty)
    note(
      "endpointslices",
      "who is behind Services without a selector, the API server's among them, is not known",
      if: slices.isEmpty)
    note("nodes", "nodes and the pods in their networks count as somebody outside", if: nodes.isEmpty)
    note("ns", "namespaces have no labels but their names", if: namespaces.isEmpty)
    for (kind, resource) in Self.makers {
      let isMissing = pods.indices.contains { pod in
        let owner = workload(ofPod: pod)
        return owner.kind == kind && workloads[owner] == nil
      }
      note(
        resource,
        Self.madeAnew.contains(kind)
          ? "the owners of pods end at the names of \(kind)s, which change with each version or run"
          : "the selectors of \(kind)s are not known, and their pods are picked by usual labels",
        if: isMissing)
    }
    return missing
  }

  /// What makes pods, in the order of what a cluster has most of.
  private static let makers = [
    ("ReplicaSet", "rs"), ("Deployment", "deploy"), ("StatefulSet", "sts"), ("DaemonSet", "ds"),
    ("Job", "jobs"), ("CronJob", "cronjobs"), ("ReplicationController", "rc"), ("Rollout", "rollouts"),
  ]
  private static let madeAnew: Set<String> = ["ReplicaSet", "Job", "ReplicationController"]
}
