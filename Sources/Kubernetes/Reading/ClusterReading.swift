public import Documents

/// What a text told of a cluster.
public struct ClusterReading: Sendable {
  /// The objects that are needed.
  public private(set) var objects: [ClusterObject] = []
  /// How many objects of other kinds there were, by kind.
  public private(set) var passedOver: [String: Int] = [:]
  /// What could not be read, in order.
  public private(set) var problems: [ObjectError] = []
  /// The labels that are read under another name than they seem to have, in order.
  public private(set) var renamedLabels: [RenamedLabel] = []

  /// What the API server said instead of objects, where it says so.
  public private(set) var failures: [String] = []

  /// Reads what `kubectl get … -o json` or `-o yaml` prints: lists, and documents one after the other.
  public init(_ text: [UInt8], limits: Limits = .cluster) throws(DocumentError) {
    try self.init(DocumentStream(text, keeping: Self.needed, limits: limits))
  }

  /// Reads the same from a text that comes in pieces, of which no more is held than one object of JSON.
  ///
  /// See `DocumentStream` for what the pieces may be.
  public init(pieces: @escaping () -> [UInt8]?, limits: Limits = .cluster) throws(DocumentError) {
    try self.init(DocumentStream(pieces: pieces, keeping: Self.needed, limits: limits))
  }

  private init(_ stream: consuming DocumentStream) throws(DocumentError) {
    var documents = stream
    while let document = try documents.next() {
      let isKept = take(document)
      // JSON has every name in quotes, and a large list is not looked through for nothing.
      if isKept, documents.isYAML { renamedLabels += RenamedLabel.all(in: document) }
    }
  }

  /// Takes what a document says; the answer is whether it is an object that is needed.
  private mutating func take(_ document: Node) -> Bool {
    do {
      if let object = try ClusterObject.read(document) {
        objects.append(object)
        return true
      } else {
        passedOver[document["kind"]?.string ?? "", default: 0] += 1
        if let failure = Self.failure(document) { failures.append(failure) }
      }
    } catch {
      problems.append(error)
    }
    return false
  }

  private static func failure(_ document: Node) -> String? {
    guard document["kind"]?.string == "Status", document["status"]?.string == "Failure" else { return nil }
    return document["message"]?.string ?? document["reason"]?.string ?? "without a word"
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
    "message": .all, "reason": .all,
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
    "metadata": ["labels": .all],
    "spec": ["hostNetwork": .all, "containers": container, "initContainers": container],
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
