public import Traffic

/// The cluster's objects, as they are known.
public struct Inventory: Sendable {
  /// The pods, by namespace, name and identity.
  public let pods: [Pod]
  /// The workloads, by identity.
  public let workloads: [WorkloadID: Workload]
  /// The Services, by namespace and name.
  public let services: [Service]
  /// The backends of Services, by namespace and name.
  public let slices: [EndpointSlice]
  /// The machines, by name.
  public let nodes: [ClusterNode]
  /// The labels of every namespace that is known as an object.
  public let namespaces: [String: Labels]

  /// The inventory of these objects, whatever their order.
  public init(_ objects: [ClusterObject]) {
    var pods: [Pod] = []
    var workloads: [WorkloadID: Workload] = [:]
    var services: [Service] = []
    var slices: [EndpointSlice] = []
    var nodes: [ClusterNode] = []
    var namespaces: [String: Labels] = [:]
    for object in objects.sorted(by: Self.precedes) {
      switch object {
      case .pod(let pod): pods.append(pod)
      case .workload(let workload): workloads[workload.id] = workload
      case .service(let service): services.append(service)
      case .slice(let slice): slices.append(slice)
      case .node(let node): nodes.append(node)
      case .namespace(let meta): namespaces[meta.name] = meta.labels
      }
    }
    self.pods = pods
    self.workloads = workloads
    self.services = services
    self.slices = slices
    self.nodes = nodes
    self.namespaces = namespaces
  }

  /// Whether nothing at all is known, so that no address can be anybody's.
  public var isEmpty: Bool { pods.isEmpty && nodes.isEmpty && services.isEmpty }

  /// The blocks that pods get their addresses from.
  public var podRanges: [Prefix] { Set(nodes.flatMap(\.podRanges)).sorted() }

  /// The topmost owner known of a pod.
  public func workload(of pod: Pod) -> WorkloadID {
    topmost(pod.meta, kind: "Pod")
  }

  /// The workloads that no other workload makes, and the bare pods, in order.
  public var topmost: [WorkloadID] {
    var found = Set(pods.map { workload(of: $0) })
    for workload in workloads.values { found.insert(topmost(workload.meta, kind: workload.kind)) }
    return found.sorted()
  }

  private func topmost(_ meta: ObjectMeta, kind: String) -> WorkloadID {
    var id = WorkloadID(namespace: meta.namespace, kind: kind, name: meta.name)
    var owner = meta.owner
    // A chain of owners is short; the bound is for one that lies and closes on itself.
    for _ in 0..<8 {
      // A pod that its node runs by itself names the node as its owner: that is no workload.
      guard let next = owner, next.kind != "Node" else { break }
      id = WorkloadID(namespace: meta.namespace, kind: next.kind, name: next.name)
      owner = workloads[id]?.meta.owner
    }
    return id
  }

  private static func precedes(_ one: ClusterObject, _ other: ClusterObject) -> Bool {
    let mine = (one.meta.namespace, one.meta.name, one.kind, one.meta.created ?? .distantPast)
    let theirs = (other.meta.namespace, other.meta.name, other.kind, other.meta.created ?? .distantPast)
    return mine == theirs ? one.meta.uid < other.meta.uid : mine < theirs
  }
}
