import Documents

/// The kinds that are read, and the API groups that have them.
///
/// Other groups have kinds of the same name that are something else: Knative's Service is no Service, and Volcano's Job
/// no Job.
enum KnownKinds {
  /// The groups of each kind; the empty one is the core's.
  private static let groups: [String: Set<String>] = [
    "Pod": [""], "Service": [""], "Endpoints": [""], "Node": [""], "Namespace": [""],
    "ReplicationController": [""],
    "EndpointSlice": ["discovery.k8s.io"],
    "Deployment": apps, "ReplicaSet": apps,
    // OpenKruise's have the same fields, and its pods' names lead to them.
    "StatefulSet": apps.union(["apps.kruise.io"]), "DaemonSet": apps.union(["apps.kruise.io"]),
    "Job": ["batch"], "CronJob": ["batch"],
    "Rollout": ["argoproj.io"],
    "NetworkPolicy": ["networking.k8s.io", "extensions"],
    "ServiceMonitor": monitoring, "PodMonitor": monitoring,
    "VMServiceScrape": ["operator.victoriametrics.com"], "VMPodScrape": ["operator.victoriametrics.com"],
    "ValidatingWebhookConfiguration": ["admissionregistration.k8s.io"],
    "MutatingWebhookConfiguration": ["admissionregistration.k8s.io"],
    "APIService": ["apiregistration.k8s.io"], "CustomResourceDefinition": ["apiextensions.k8s.io"],
    // No cluster has it: tables of addresses do, and what stores keep of them.
    OutsideBlock.kind: [""],
  ]
  private static let apps: Set<String> = ["apps", "extensions"]
  /// The Prometheus operator's group, and the one that Azure gives the same kinds.
  private static let monitoring: Set<String> = ["monitoring.coreos.com", "azmonitoring.coreos.com"]

  /// The kinds, sorted.
  static var all: [String] { groups.keys.sorted() }

  /// The kinds that belong to the whole cluster and to no namespace.
  static let clusterWide = APIExtension.kinds.union(["Node", "Namespace", OutsideBlock.kind])

  /// Whether objects of this kind are read; where no group is told, the kind alone counts.
  static func isRead(_ kind: String, group: String?) -> Bool {
    guard let groups = groups[kind] else { return false }
    return group.map(groups.contains) ?? true
  }

  /// Whether this is the name of a kind that is read, in a group where it is something else.
  static func isForeign(_ kind: String, group: String?) -> Bool {
    groups[kind] != nil && !isRead(kind, group: group)
  }

  /// The group that an `apiVersion` names; nil where there is none.
  static func group(_ version: Node?) -> String? {
    guard let version = version?.string, !version.isEmpty else { return nil }
    return version.lastIndex(of: "/").map { String(version[..<$0]) } ?? ""
  }
}

extension ClusterObject {
  /// What a document that is not read is counted as.
  static func calling(_ document: Node) -> String {
    let kind = document["kind"]?.string ?? ""
    let isForeign = KnownKinds.isForeign(kind, group: KnownKinds.group(document["apiVersion"]))
    return isForeign ? "\(kind) of another API group" : kind
  }
}
