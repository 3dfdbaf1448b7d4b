public import Documents

/// An object of the cluster, with only the fields that are needed.
///
/// What is written back from these values is all that a store keeps, so nothing secret can get there.
public enum ClusterObject: Hashable, Sendable {
  /// A pod.
  case pod(Pod)
  /// Something that makes pods.
  case workload(Workload)
  /// A Service.
  case service(Service)
  /// Backends of a Service.
  case slice(EndpointSlice)
  /// Backends of a Service, as older clusters tell them.
  case endpoints(Endpoints)
  /// A machine.
  case node(ClusterNode)
  /// A namespace.
  case namespace(ObjectMeta)
  /// A policy as it is in force.
  case policy(RunningPolicy)
  /// Something that asks for metrics.
  case monitor(Monitor)
  /// Whom the API server calls.
  case apiExtension(APIExtension)
  /// Addresses that are nobody's of the cluster.
  case outside(OutsideBlock)

  /// What it says of itself.
  public var meta: ObjectMeta {
    switch self {
    case .pod(let pod): pod.meta
    case .workload(let workload): workload.meta
    case .service(let service): service.meta
    case .slice(let slice): slice.meta
    case .endpoints(let endpoints): endpoints.meta
    case .node(let node): node.meta
    case .namespace(let meta): meta
    case .policy(let policy): policy.meta
    case .monitor(let monitor): monitor.meta
    case .apiExtension(let called): called.meta
    case .outside(let block): block.meta
    }
  }

  /// Its kind.
  public var kind: String {
    switch self {
    case .pod: "Pod"
    case .workload(let workload): workload.kind
    case .service: "Service"
    case .slice: "EndpointSlice"
    case .endpoints: "Endpoints"
    case .node: "Node"
    case .namespace: "Namespace"
    case .policy: "NetworkPolicy"
    case .monitor(let monitor): monitor.kind
    case .apiExtension(let called): called.kind
    case .outside: OutsideBlock.kind
    }
  }

  /// The needed fields as a document, in the shape the API gives them.
  public var document: Node {
    switch self {
    case .pod(let pod): pod.node
    case .workload(let workload): workload.node
    case .service(let service): service.node
    case .slice(let slice): slice.node
    case .endpoints(let endpoints): endpoints.node
    case .node(let node): node.node
    case .namespace(let meta):
      Node(kept: [("kind", .string("Namespace")), ("metadata", meta.node)])
    case .policy(let policy): policy.node
    case .monitor(let monitor): monitor.node
    case .apiExtension(let called): called.node
    case .outside(let block): block.node
    }
  }

  /// Whether it belongs to the whole cluster and to no namespace.
  public var isClusterWide: Bool { KnownKinds.clusterWide.contains(kind) }

  /// The object in this namespace, wherever it was; what belongs to the whole cluster stays as it is.
  public func placed(in namespace: String) -> ClusterObject {
    guard !isClusterWide else { return self }
    return altered { $0.namespace = namespace }
  }

  /// The object, saying something else of itself.
  func altered(_ change: (inout ObjectMeta) -> Void) -> ClusterObject {
    switch self {
    case .pod(var pod):
      change(&pod.meta)
      return .pod(pod)
    case .workload(var workload):
      change(&workload.meta)
      return .workload(workload)
    case .service(var service):
      change(&service.meta)
      return .service(service)
    case .slice(var slice):
      change(&slice.meta)
      return .slice(slice)
    case .endpoints(var endpoints):
      change(&endpoints.meta)
      for place in endpoints.subsets.indices { change(&endpoints.subsets[place].meta) }
      return .endpoints(endpoints)
    case .node(var node):
      change(&node.meta)
      return .node(node)
    case .namespace(var meta):
      change(&meta)
      return .namespace(meta)
    case .policy(var policy):
      change(&policy.meta)
      policy.policy.namespace = policy.meta.namespace
      return .policy(policy)
    case .monitor(var monitor):
      change(&monitor.meta)
      return .monitor(monitor)
    case .apiExtension(var called):
      change(&called.meta)
      return .apiExtension(called)
    case .outside(var block):
      change(&block.meta)
      return .outside(block)
    }
  }

  /// Reads an object; nil for what is not needed.
  ///
  /// What lives in a namespace and doesn't say in which lives in `defaultNamespace`.
  public static func read(
    _ object: Node, defaultNamespace: String = "default"
  ) throws(ObjectError) -> ClusterObject? {
    guard let kind = object["kind"]?.string else { throw .kind(position: object.position) }
    let group = KnownKinds.group(object["apiVersion"])
    guard KnownKinds.isRead(kind, group: group) else { return nil }
    if let flaw = TextFields.flaw(in: object, kind: kind) {
      throw .noText(
        kind: kind, name: object[["metadata", "name"]]?.string ?? "", field: flaw.field,
        found: flaw.node.asFound,
        position: flaw.node.position)
    }
    let home = KnownKinds.clusterWide.contains(kind) ? "" : defaultNamespace
    if let flaw = NeededForm.flaw(in: object, kind: kind) {
      throw .wrongForm(
        kind: kind, name: object[["metadata", "name"]]?.string ?? "", field: flaw.field,
        found: flaw.node.asFound, wanted: flaw.wanted, position: flaw.node.position)
    }
    guard let meta = ObjectMeta(object, defaultNamespace: home) else {
      throw .name(kind: kind, position: object.position)
    }
    // The API server's own APIs have names such as `v1.`, and nothing of them is needed.
    if APIExtension.kinds.contains(kind), APIExtension(object, kind: kind, meta: meta) == nil { return nil }
    guard Syntax.subdomain(meta.name).isEmpty,
      meta.namespace.isEmpty || Syntax.namespaceName(meta.namespace).isEmpty
    else { throw .badName(kind: kind, name: meta.name, namespace: meta.namespace, position: object.position) }
    guard meta.labels.allSatisfy({ Syntax.labelKey($0).isEmpty && Syntax.labelValue($1).isEmpty }) else {
      throw .badLabels(kind: kind, name: meta.name, position: object.position)
    }
    switch kind {
    case "Pod": return .pod(Pod(object, meta: meta))
    case "Service": return .service(Service(object, meta: meta))
    case "EndpointSlice": return .slice(EndpointSlice(object, meta: meta))
    case "Endpoints": return .endpoints(Endpoints(object, meta: meta))
    case "Node": return .node(ClusterNode(object, meta: meta))
    case "Namespace": return .namespace(meta)
    case OutsideBlock.kind: return OutsideBlock(object, meta: meta).map { .outside($0) }
    case "NetworkPolicy": return .policy(try RunningPolicy(object, meta: meta))
    case _ where Monitor.kinds.contains(kind):
      return .monitor(try Monitor(object, kind: kind, meta: meta))
    case _ where APIExtension.kinds.contains(kind):
      return APIExtension(object, kind: kind, meta: meta).map { .apiExtension($0) }
    default: return .workload(try Workload(object, kind: kind, meta: meta))
    }
  }
}

/// Why a document is no object of a cluster.
public enum ObjectError: Error, Hashable {
  /// It doesn't say what it is.
  case kind(position: Position?)
  /// It has no name.
  case name(kind: String, position: Position?)
  /// A field that the API server holds as text holds something else.
  case noText(kind: String, name: String, field: String, found: String, position: Position?)
  /// A field that is needed holds something of another form.
  case wrongForm(
    kind: String, name: String, field: String, found: String, wanted: String, position: Position?)
  /// Its name or its namespace is none that Kubernetes accepts.
  case badName(kind: String, name: String, namespace: String, position: Position?)
  /// One of its labels is none that Kubernetes accepts.
  case badLabels(kind: String, name: String, position: Position?)
  /// Its selector is none.
  case selector(kind: String, name: String, position: Position?)
  /// It is a NetworkPolicy that the API server would refuse.
  case policy(PolicyError, position: Position?)
  /// A row of an address table tells nothing.
  case row(_ flaw: String, position: Position?)

  /// The words for people.
  public var message: String {
    switch self {
    case .kind: "an object without `kind`"
    case .name(let kind, _): "a `\(kind)` without `metadata.name`"
    case .noText(let kind, let name, let field, let found, _):
      "`\(field)` of \(kind) `\(name)` is \(found), not text"
    case .wrongForm(let kind, let name, let field, let found, let wanted, _):
      "`\(field)` of \(kind) `\(name)` is \(found), not \(wanted)"
    case .badName(let kind, let name, let namespace, _):
      "Kubernetes has no \(kind) `\(name)` in a namespace `\(namespace)`: that is no name"
    case .badLabels(let kind, let name, _): "the labels of \(kind) `\(name)` are none that Kubernetes accepts"
    case .selector(let kind, let name, _):
      "the selector of \(kind) `\(name)` is not one that Kubernetes accepts"
    case .policy(let error, _):
      "NetworkPolicy `\(error.policy)` is none that Kubernetes accepts: \(error.causes.first.map(\.description) ?? "")"
    case .row(let flaw, _): flaw
    }
  }

  /// What to do about it, where that is known.
  public var hint: String? {
    switch self {
    case .noText: "put it in quotes"
    case .policy(let error, _): error.hint
    case .row:
      "the columns of an address table are `address,namespace,workload,kind,from,until`; `netpol-learn cluster --help` "
        + "tells what they hold"
    default: nil
    }
  }

  /// Where it stands.
  public var position: Position? {
    switch self {
    case .kind(let position), .name(_, let position), .badName(_, _, _, let position),
      .badLabels(_, _, let position), .selector(_, _, let position), .noText(_, _, _, _, let position),
      .wrongForm(_, _, _, _, _, let position),
      .policy(_, let position), .row(_, let position):
      position
    }
  }
}
