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
  /// The policies in force, by namespace and name; not those that were deleted.
  public let policies: [RunningPolicy]
  /// What asks for metrics, by namespace and name.
  public let monitors: [Monitor]
  /// Whom the API server calls, by name.
  public let apiExtensions: [APIExtension]
  /// The addresses of which somebody said that they are nobody's of the cluster, in order.
  public let outside: [Prefix]
  /// Who makes the pods of each workload: itself, or a workload above it.
  private let owners: Owners

  /// The inventory of these objects, without what whole lists show to be gone; of one object told twice, the newer
  /// telling counts.
  public init(_ objects: [ClusterObject], lists: [WholeList] = []) {
    var pods: [Pod] = []
    var workloads: [WorkloadID: Workload] = [:]
    var services: [Service] = []
    var slices: [EndpointSlice] = []
    var endpoints: [Endpoints] = []
    var nodes: [ClusterNode] = []
    var namespaces: [String: ObjectMeta] = [:]
    var policies: [RunningPolicy] = []
    var monitors: [Monitor] = []
    var apiExtensions: [APIExtension] = []
    var outside: Set<Prefix> = []
    for object in objects.settled(by: lists) {
      switch object {
      case .pod(let pod): pods.append(pod)
      case .workload(let workload):
        let isLater = workloads[workload.id].map { workload.meta.isLater(than: $0.meta) } ?? true
        if isLater { workloads[workload.id] = workload }
      case .service(let service): services.append(service)
      case .slice(let slice): slices.append(slice)
      case .endpoints(let told): endpoints.append(told)
      case .node(let node): nodes.append(node)
      case .namespace(let meta):
        let isLater = namespaces[meta.name].map { meta.isLater(than: $0) } ?? true
        if isLater { namespaces[meta.name] = meta }
      case .policy(let policy): policies.append(policy)
      case .monitor(let monitor): monitors.append(monitor)
      case .apiExtension(let called): apiExtensions.append(called)
      case .outside(let block): outside.insert(block.block)
      }
    }
    pods = pods.endedBySuccessors
    workloads = workloads.mapValues { $0.filled(from: workloads) }
    pods = pods.map { $0.filled(from: workloads) }
    self.pods = pods
    self.workloads = workloads
    self.services = services
    self.slices = slices + endpoints.unsliced(beside: slices)
    self.nodes = nodes
    self.namespaces = namespaces.mapValues(\.labels)
    self.policies = policies.filter { $0.meta.deleted == nil }
    self.monitors = monitors
    self.apiExtensions = apiExtensions
    self.outside = outside.sorted()
    owners = Owners(of: pods, among: workloads)
  }

  /// Whether nothing at all is known, so that no address can be anybody's.
  public var isEmpty: Bool { pods.isEmpty && nodes.isEmpty && services.isEmpty }

  /// The pods in their machines' networks, found by their places: to hold on to each pod costs more than to ask it.
  public var hostPods: [Pod] { pods.indices.filter { pods[$0].usesHostNetwork }.map { pods[$0] } }

  /// The topmost owner known of a pod, by the pod's place.
  public func workload(ofPod pod: Int) -> WorkloadID { owners.ofPods[pod] }

  /// The places of the pods whose topmost owner this is.
  public func pods(of workload: WorkloadID) -> [Int] { owners.pods[workload, default: []] }

  /// The workloads that no other workload makes, and the bare pods, in order.
  public var topmost: [WorkloadID] { owners.topmost }
}
