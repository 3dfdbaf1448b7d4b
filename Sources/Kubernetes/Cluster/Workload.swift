import Documents
import Traffic

/// Something that makes pods: a Deployment, a CronJob, or a kind that nobody taught this program.
public struct Workload: Hashable, Sendable {
  /// Its kind.
  public var kind: String
  /// Name, labels, owner and times.
  public var meta: ObjectMeta
  /// The selector it finds its pods by; nil where the kind has none that outlives a run, as Jobs.
  public var selector: LabelSelector?
  /// The labels of the pods it makes.
  public var templateLabels: Labels
  /// The ports that its pods declare.
  public var ports: [ContainerPort]
  /// Whether its pods live in their nodes' network.
  public var usesHostNetwork: Bool
  /// The Deployment whose template it uses, where it has none of its own.
  public var templateOf: String?

  /// Tomorrow's replica, as policies see it.
  public var traits: PodTraits {
    PodTraits(
      namespace: meta.namespace, labels: templateLabels, ports: ports, usesHostNetwork: usesHostNetwork)
  }

  /// The identity that people know it by.
  public var id: WorkloadID { WorkloadID(namespace: meta.namespace, kind: kind, name: meta.name) }
}

/// The name of a workload, as people say it.
public struct WorkloadID: Hashable, Sendable {
  /// The namespace.
  public let namespace: String
  /// The kind of the topmost owner known; `Pod` for a bare pod.
  public let kind: String
  /// The name of the topmost owner known.
  public let name: String

  /// The workload with this name.
  public init(namespace: String, kind: String, name: String) {
    self.namespace = namespace
    self.kind = kind
    self.name = name
  }
}

extension WorkloadID: Comparable, CustomStringConvertible {
  /// By namespace, name and kind.
  public static func < (one: WorkloadID, other: WorkloadID) -> Bool {
    (one.namespace, one.name, one.kind) < (other.namespace, other.name, other.kind)
  }

  /// `namespace/name`.
  public var description: String { "\(namespace)/\(name)" }
}

extension Pod {
  /// The pod with the labels and ports that its maker gives it, where nobody told them, as in a table of addresses.
  ///
  /// A maker finds its pods by labels, so that none of them can have none.
  func filled(from workloads: [WorkloadID: Workload]) -> Pod {
    guard meta.labels.isEmpty, let owner = meta.owner,
      let maker = workloads[WorkloadID(namespace: meta.namespace, kind: owner.kind, name: owner.name)],
      !maker.templateLabels.isEmpty
    else { return self }
    var pod = self
    pod.meta.labels = maker.templateLabels
    if pod.ports.isEmpty { pod.ports = maker.ports }
    return pod
  }
}

extension Workload {
  /// The kinds whose pod template is known.
  static let kinds: Set<String> = [
    "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob", "ReplicationController",
    "Rollout",
  ]

  init(_ object: Node, kind: String, meta: ObjectMeta) throws(ObjectError) {
    let holder = kind == "CronJob" ? object[["spec", "jobTemplate", "spec"]] : object["spec"]
    let template = holder?["template"]
    let pod = template?["spec"]
    let containers = (pod?["containers"]?.sequence ?? []) + (pod?["initContainers"]?.sequence ?? [])
    self.kind = kind
    self.meta = meta
    templateLabels = template?[["metadata", "labels"]]?.labels ?? [:]
    ports = containers.flatMap(ContainerPort.list)
    usesHostNetwork = template?[["spec", "hostNetwork"]]?.bool ?? false
    templateOf = Self.template(holder?["workloadRef"])
    // A Job's selector names the run (`controller-uid`); the CronJob has none. Neither outlives the run.
    guard kind != "Job", kind != "CronJob", let written = holder?["selector"] else { return }
    if kind == "ReplicationController" {
      selector = LabelSelector(written.labels)
      return
    }
    guard let read = LabelSelector(written: written) else {
      throw ObjectError.selector(
        kind: kind, name: "\(meta.namespace)/\(meta.name)", position: written.position)
    }
    selector = read
  }

  /// The Deployment that a Rollout names in place of a template of its own.
  private static func template(_ reference: Node?) -> String? {
    guard reference?["kind"]?.string == "Deployment" else { return nil }
    return reference?["name"]?.string
  }

  /// The workload with the template that it names, where that is known.
  func filled(from workloads: [WorkloadID: Workload]) -> Workload {
    guard let templateOf, templateLabels.isEmpty,
      let other = workloads[WorkloadID(namespace: meta.namespace, kind: "Deployment", name: templateOf)]
    else { return self }
    var workload = self
    workload.templateLabels = other.templateLabels
    workload.ports = other.ports
    workload.usesHostNetwork = other.usesHostNetwork
    workload.selector = selector ?? other.selector
    return workload
  }

  var node: Node {
    let template = Node(kept: [
      ("metadata", Node(kept: [("labels", templateLabels.isEmpty ? nil : Node(labels: templateLabels))])),
      (
        "spec",
        Node(kept: [
          ("containers", .sequence([Node(kept: [("ports", ports.map(\.node).nonEmpty)])])),
          ("hostNetwork", usesHostNetwork ? .bool(true) : nil),
        ])
      ),
    ])
    let written = kind == "ReplicationController" ? selector.map { Node(labels: $0.labels) } : selector?.node
    let reference = templateOf.map {
      Node.mapping(["kind": .string("Deployment"), "name": .string($0)])
    }
    let holder = Node(kept: [("selector", written), ("template", template), ("workloadRef", reference)])
    return Node(kept: [
      ("kind", .string(kind)),
      ("metadata", meta.node),
      ("spec", kind == "CronJob" ? .mapping(["jobTemplate": .mapping(["spec": holder])]) : holder),
    ])
  }
}
