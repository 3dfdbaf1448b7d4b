public import Documents
import Traffic

/// What a text told of a cluster.
public struct ClusterReading: Sendable {
  /// The objects that are needed; of a watch each with the newest that was told of it.
  public private(set) var objects: [ClusterObject] = []
  /// How many objects of other kinds there were, by kind.
  public private(set) var passedOver: [String: Int] = [:]
  /// What could not be read, in order.
  public private(set) var problems: [ObjectError] = []
  /// The labels that are read under another name than they seem to have, in order.
  public private(set) var renamedLabels: [RenamedLabel] = []

  /// What the API server said instead of objects, where it says so.
  public private(set) var failures: [String] = []
  /// Where the text breaks off, or makes no sense from there on; what was told before stands.
  public private(set) var cut: DocumentError?
  /// The lists that show by themselves that they are whole.
  public private(set) var wholeLists: [WholeList] = []

  /// Whether it is a watch, whose events came one after the other.
  public private(set) var hasEvents = false
  /// The list that is being read, and where its objects begin.
  private var list: Int?
  private var listStart = 0
  /// When a machine of the list last told that it lives.
  private var heartbeat: Instant?
  /// Of each kind the newest version in the list of those that are not kept, though others of their kind are.
  private var passedVersions: [String: Int64] = [:]
  /// The latest moment that any telling so far shows to have passed.
  private var latestMoment: Instant?

  /// Reads what `kubectl get … -o json` or `-o yaml` prints: lists, documents one after the other, and the events of a
  /// watch; or a table of addresses in CSV.
  public init(_ text: [UInt8], limits: Limits = .cluster) throws(DocumentError) {
    if AddressTable.isTable(Array(text.prefix(1024))) {
      self.init(AddressTable(text))
      return
    }
    try self.init(DocumentStream(text, keeping: Self.needed, limits: limits))
  }

  /// Reads the same from a text that comes in pieces, of which no more is held than one object of JSON.
  ///
  /// See `DocumentStream` for what the pieces may be.
  public init(pieces: @escaping () -> [UInt8]?, limits: Limits = .cluster) throws(DocumentError) {
    let beginning = Beginning(of: pieces)
    if AddressTable.isTable(beginning.text) {
      self.init(AddressTable(beginning.whole))
      return
    }
    try self.init(DocumentStream(pieces: beginning.pieces, keeping: Self.needed, limits: limits))
  }

  private init(_ table: AddressTable) {
    objects = table.objects
    problems = table.problems
  }

  private init(_ stream: consuming DocumentStream) throws(DocumentError) {
    var documents = stream
    do {
      while let document = try documents.next() {
        if documents.list != list { endList(before: documents.list) }
        take(document, isYAML: documents.isYAML)
      }
      endList(before: nil)
    } catch {
      // A watch that breaks off only lacks what comes later, as every watch does; a list lacks what is there, and can't
      // show that anything is gone.
      guard hasEvents || !objects.isEmpty || !passedOver.isEmpty || !problems.isEmpty else { throw error }
      cut = error
    }
    guard hasEvents else { return }
    objects.noteMoments()
    objects = objects.newest
  }

  /// Ends the list that was read so far.
  ///
  /// A list is of one moment, so what it tells of an object holds up to the newest version of its kind in it.
  private mutating func endList(before next: Int?) {
    if list != nil {
      let versions = objects[listStart...].latestVersions.merging(
        passedVersions, uniquingKeysWith: Swift.max)
      let made = heartbeat.map { objects[listStart...].compactMap(\.latestMoment).reduce($0) { max($0, $1) } }
      if let whole = WholeList(objects[listStart...], versions: versions, made: made) {
        wholeLists.append(whole)
      }
      let moment = ([heartbeat] + objects[listStart...].map(\.shownMoment)).compactMap(\.self).max()
      if let moment { for place in listStart..<objects.count { objects[place].note(moment) } }
      for place in listStart..<objects.count where objects[place].meta.version > 0 {
        let version = versions[objects[place].kind, default: 0]
        objects[place] = objects[place].altered { $0.version = version }.told(at: made, since: made)
      }
    }
    (list, listStart, heartbeat, passedVersions) = (next, objects.count, nil, [:])
  }

  private mutating func take(_ document: Node, isYAML: Bool) {
    let event = WatchEvent(document)
    if event != nil { hasEvents = true }
    guard event?.kind != .bookmark else { return }
    let object = event?.object ?? document
    let isKept = take(object, isGone: event?.kind == .deleted)
    // JSON has every name in quotes, and a large list is not looked through for nothing.
    if isKept, isYAML { renamedLabels += RenamedLabel.all(in: object) }
  }

  /// Takes what a document says; the answer is whether it is an object that is needed.
  private mutating func take(_ document: Node, isGone: Bool) -> Bool {
    do {
      if let object = try ClusterObject.read(document) {
        objects.append(isGone && !object.onlyLeftTheWatch ? object.gone(noEarlierThan: latestMoment) : object)
        if case .node = object { heartbeat = [heartbeat, Self.heartbeat(document)].compactMap(\.self).max() }
        latestMoment = [latestMoment, object.latestMoment].compactMap(\.self).max()
        return true
      } else {
        passedOver[ClusterObject.calling(document), default: 0] += 1
        notePassed(document)
        if let failure = Self.failure(document) { failures.append(failure) }
      }
    } catch {
      problems.append(error)
    }
    return false
  }

  /// Notes that a list tells of a kind, of which it has nothing that is needed: what was needed once is gone.
  private mutating func notePassed(_ document: Node) {
    guard let kind = document["kind"]?.string,
      KnownKinds.isRead(kind, group: KnownKinds.group(document["apiVersion"])),
      let meta = ObjectMeta(document, defaultNamespace: "")
    else { return }
    passedVersions[kind] = max(passedVersions[kind, default: 0], meta.version)
  }

  /// When a machine last told that it lives; it does so every five minutes at least.
  private static func heartbeat(_ node: Node) -> Instant? {
    (node[["status", "conditions"]]?.sequence ?? []).compactMap { $0["lastHeartbeatTime"]?.instant }.max()
  }

  private static func failure(_ document: Node) -> String? {
    guard document["kind"]?.string == "Status", document["status"]?.string == "Failure" else { return nil }
    return document["message"]?.string ?? document["reason"]?.string ?? "without a word"
  }

  /// The members that are needed of an object, and of an event that tells of one.
  private static let needed = object.union(["type": .all, "object": object])

  /// The members that any kind needs; everything else, environment variables and annotations among it, is never read.
  private static let object: Shape = [
    "apiVersion": .all, "kind": .all,
    "metadata": [
      "name": .all, "namespace": .all, "uid": .all, "labels": .all, "creationTimestamp": .all,
      "deletionTimestamp": .all, "resourceVersion": .all,
      "annotations": [ScrapeRequest.asks: .all, ScrapeRequest.asksOn: .all],
      "ownerReferences": ["apiVersion": .all, "kind": .all, "name": .all, "uid": .all, "controller": .all],
    ],
    "spec": podSpec.union(workloadSpec).union(serviceSpec).union(nodeSpec).union(policySpec).union(
      monitorSpec
    ).union(called).union(["conversion": ["strategy": .all, "webhook": ["clientConfig": called]]]),
    "status": [
      "phase": .all, "podIP": .all, "podIPs": .all, "startTime": .all,
      "initContainerStatuses": ["state": ["terminated": ["finishedAt": .all]]],
      "containerStatuses": [
        "state": ["running": ["startedAt": .all], "terminated": ["startedAt": .all, "finishedAt": .all]]
      ],
      "conditions": [
        "type": .all, "status": .all, "lastHeartbeatTime": .all, "lastProbeTime": .all,
        "lastTransitionTime": .all,
      ],
      "addresses": .all, "nodeInfo": ["kubeletVersion": .all],
      "loadBalancer": ["ingress": ["ip": .all, "hostname": .all]],
    ],
    "endpoints": ["addresses": .all],
    "ports": .all,
    "subsets": ["addresses": ["ip": .all], "notReadyAddresses": ["ip": .all], "ports": .all],
    "webhooks": ["clientConfig": called],
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
    "workloadRef": ["kind": .all, "name": .all],
  ]

  private static let serviceSpec: Shape = [
    "clusterIP": .all, "clusterIPs": .all, "externalIPs": .all, "ports": .all, "selector": .all,
    "externalName": .all, "externalTrafficPolicy": .all,
  ]

  private static let nodeSpec: Shape = ["podCIDR": .all, "podCIDRs": .all]

  private static let policySpec: Shape = [
    "podSelector": .all, "policyTypes": .all, "ingress": .all, "egress": .all,
  ]

  private static let monitorSpec: Shape = [
    "selector": .all, "namespaceSelector": ["any": .all, "matchNames": .all], "endpoints": monitored,
    "podMetricsEndpoints": monitored,
  ]

  private static let called: Shape = ["service": ["namespace": .all, "name": .all, "port": .all]]

  private static let monitored: Shape = ["port": .all, "portNumber": .all, "targetPort": .all]
}
