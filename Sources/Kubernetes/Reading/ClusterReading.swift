public import Documents

/// What a text told of a cluster.
public struct ClusterReading: Sendable {
  /// The objects that are needed.
  public private(set) var objects: [ClusterObject] = []
  /// How many objects of other kinds there were, by kind.
  public private(set) var passedOver: [String: Int] = [:]
  /// What could not be read, in order.
  public private(set) var problems: [ObjectError] = []

  /// Reads what `kubectl get … -o json` or `-o yaml` prints: lists, and documents one after the other.
  public init(_ text: [UInt8], limits: Limits = .cluster) throws(DocumentError) {
    for document in try Document.read(text, keeping: Self.needed, limits: limits) {
      do {
        if let object = try ClusterObject.read(document) {
          objects.append(object)
        } else {
          passedOver[document["kind"]?.string ?? "", default: 0] += 1
        }
      } catch {
        problems.append(error)
      }
    }
  }

  /// The members that any kind needs; everything else, environment variables and annotations among it, is never read.
  private static let needed: Shape = [
    "apiVersion": .all, "kind": .all,
    "metadata": [
      "name": .all, "namespace": .all, "uid": .all, "labels": .all, "creationTimestamp": .all,
      "deletionTimestamp": .all,
      "ownerReferences": ["kind": .all, "name": .all, "uid": .all, "controller": .all],
    ],
    "spec": podSpec.union(workloadSpec).union(serviceSpec).union(nodeSpec),
    "status": [
      "phase": .all, "podIP": .all, "podIPs": .all, "startTime": .all,
      "containerStatuses": ["state": ["terminated": ["finishedAt": .all]]],
      "addresses": .all, "loadBalancer": ["ingress": ["ip": .all]],
    ],
    "endpoints": ["addresses": .all],
    "ports": .all,
  ]

  private static let podSpec: Shape = [
    "nodeName": .all, "hostNetwork": .all, "containers": container, "initContainers": container,
  ]

  private static let container: Shape = [
    "ports": .all, "livenessProbe": probe, "readinessProbe": probe, "startupProbe": probe,
  ]

  private static let probe: Shape = [
    "httpGet": ["port": .all], "tcpSocket": ["port": .all], "grpc": ["port": .all],
  ]

  private static let template: Shape = [
    "metadata": ["labels": .all], "spec": ["hostNetwork": .all, "containers": container],
  ]

  private static let workloadSpec: Shape = [
    "selector": .all, "template": template,
    "jobTemplate": ["spec": ["selector": .all, "template": template]],
  ]

  private static let serviceSpec: Shape = [
    "clusterIP": .all, "clusterIPs": .all, "externalIPs": .all, "ports": .all, "selector": .all,
  ]

  private static let nodeSpec: Shape = ["podCIDR": .all, "podCIDRs": .all]
}
