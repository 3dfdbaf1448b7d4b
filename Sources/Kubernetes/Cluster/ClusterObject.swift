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
  /// A machine.
  case node(ClusterNode)
  /// A namespace.
  case namespace(ObjectMeta)

  /// What it says of itself.
  public var meta: ObjectMeta {
    switch self {
    case .pod(let pod): pod.meta
    case .workload(let workload): workload.meta
    case .service(let service): service.meta
    case .slice(let slice): slice.meta
    case .node(let node): node.meta
    case .namespace(let meta): meta
    }
  }

  /// Its kind.
  public var kind: String {
    switch self {
    case .pod: "Pod"
    case .workload(let workload): workload.kind
    case .service: "Service"
    case .slice: "EndpointSlice"
    case .node: "Node"
    case .namespace: "Namespace"
    }
  }

  /// The needed fields as a document, in the shape the API gives them.
  public var document: Node {
    switch self {
    case .pod(let pod): pod.node
    case .workload(let workload): workload.node
    case .service(let service): service.node
    case .slice(let slice): slice.node
    case .node(let node): node.node
    case .namespace(let meta):
      Node(kept: [("kind", .string("Namespace")), ("metadata", meta.node)])
    }
  }

  /// Whether it belongs to the whole cluster and to no namespace.
  public var isClusterWide: Bool { Self.clusterWide.contains(kind) }

  /// The object in this namespace, wherever it was; what belongs to the whole cluster stays as it is.
  public func placed(in namespace: String) -> ClusterObject {
    switch self {
    case .pod(var pod):
      pod.meta.namespace = namespace
      return .pod(pod)
    case .workload(var workload):
      workload.meta.namespace = namespace
      return .workload(workload)
    case .service(var service):
      service.meta.namespace = namespace
      return .service(service)
    case .slice(var slice):
      slice.meta.namespace = namespace
      return .slice(slice)
    case .node, .namespace: return self
    }
  }

  /// Reads an object; nil for kinds that are not needed.
  ///
  /// What lives in a namespace and doesn't say in which lives in `defaultNamespace`.
  public static func read(
    _ object: Node, defaultNamespace: String = "default"
  ) throws(ObjectError) -> ClusterObject? {
    guard let kind = object["kind"]?.string else { throw .kind(position: object.position) }
    guard Workload.kinds.contains(kind) || known.contains(kind) else { return nil }
    if let flaw = TextFields.flaw(in: object, kind: kind) {
      throw .noText(
        kind: kind, name: object[["metadata", "name"]]?.string ?? "", field: flaw.field,
        found: flaw.node.asFound,
        position: flaw.node.position)
    }
    let home = clusterWide.contains(kind) ? "" : defaultNamespace
    guard let meta = ObjectMeta(object, defaultNamespace: home) else {
      throw .name(kind: kind, position: object.position)
    }
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
    case "Node": return .node(ClusterNode(object, meta: meta))
    case "Namespace": return .namespace(meta)
    default: return .workload(try Workload(object, kind: kind, meta: meta))
    }
  }

  private static let clusterWide: Set<String> = ["Node", "Namespace"]
  private static let known: Set<String> = ["Pod", "Service", "EndpointSlice", "Node", "Namespace"]
}

/// Why a document is no object of a cluster.
public enum ObjectError: Error, Hashable {
  /// It doesn't say what it is.
  case kind(position: Position?)
  /// It has no name.
  case name(kind: String, position: Position?)
  /// A field that the API server holds as text holds something else.
  case noText(kind: String, name: String, field: String, found: String, position: Position?)
  /// Its name or its namespace is none that Kubernetes accepts.
  case badName(kind: String, name: String, namespace: String, position: Position?)
  /// One of its labels is none that Kubernetes accepts.
  case badLabels(kind: String, name: String, position: Position?)
  /// Its selector is none.
  case selector(kind: String, name: String, position: Position?)
  /// A row of an address table tells nothing.
  case row(_ flaw: String, position: Position?)

  /// The words for people.
  public var message: String {
    switch self {
    case .kind: "an object without `kind`"
    case .name(let kind, _): "a `\(kind)` without `metadata.name`"
    case .noText(let kind, let name, let field, let found, _):
      "`\(field)` of \(kind) `\(name)` is \(found), not text"
    case .badName(let kind, let name, let namespace, _):
      "Kubernetes has no \(kind) `\(name)` in a namespace `\(namespace)`: that is no name"
    case .badLabels(let kind, let name, _): "the labels of \(kind) `\(name)` are none that Kubernetes accepts"
    case .selector(let kind, let name, _):
      "the selector of \(kind) `\(name)` is not one that Kubernetes accepts"
    case .row(let flaw, _): flaw
    }
  }

  /// What to do about it, where that is known.
  public var hint: String? {
    switch self {
    case .noText: "put it in quotes"
    case .row: "the columns of an address table are `address,namespace,workload,kind,from,until`"
    default: nil
    }
  }

  /// Where it stands.
  public var position: Position? {
    switch self {
    case .kind(let position), .name(_, let position), .badName(_, _, _, let position),
      .badLabels(_, _, let position), .selector(_, _, let position), .noText(_, _, _, _, let position),
      .row(_, let position):
      position
    }
  }
}
