public import Kubernetes
public import Traffic

/// One end of an edge: a workload, or a named thing outside all workloads.
public enum End: Hashable, Sendable {
  /// A workload's pods.
  case workload(WorkloadID)
  /// A Service whose backends nobody knows.
  case service(name: String, Address)
  /// A machine, or something in its network.
  case node(name: String, Address)
  /// The API server, at one of its own addresses.
  case apiServer(Address)
  /// Something outside every range of the cluster.
  case external(Address)
  /// An address that more than one pod may have held then.
  case ambiguous(Address, Doubt)
  /// An address of the cluster that nobody is known to have held then.
  case unknown(Address, Doubt)

  /// The kind in JSON.
  public var kind: String {
    switch self {
    case .workload: "pod"
    case .service: "service"
    case .node: "node"
    case .apiServer: "apiserver"
    case .external: "external"
    case .ambiguous: "ambiguous"
    case .unknown: "unknown"
    }
  }

  /// The workload, where the end is one.
  public var workload: WorkloadID? {
    if case .workload(let id) = self { id } else { nil }
  }

  /// The address, where the end is no workload.
  public var address: Address? {
    switch self {
    case .workload: nil
    case .service(_, let address), .node(_, let address), .apiServer(let address), .external(let address),
      .ambiguous(let address, _), .unknown(let address, _):
      address
    }
  }

  /// The namespace, where the end is a workload.
  public var namespace: String? { workload?.namespace }

  /// Why it is not known whose address this is.
  public var doubt: Doubt? {
    switch self {
    case .ambiguous(_, let doubt), .unknown(_, let doubt): doubt
    default: nil
    }
  }

  private var rank: Int {
    switch self {
    case .workload: 0
    case .service: 1
    case .apiServer: 2
    case .node: 3
    case .external: 4
    case .ambiguous: 5
    case .unknown: 6
    }
  }
}

extension End: Comparable {
  /// Workloads by name first, then the others by kind and address.
  public static func < (one: End, other: End) -> Bool {
    if case .workload(let mine) = one, case .workload(let theirs) = other { return mine < theirs }
    if one.rank != other.rank { return one.rank < other.rank }
    if one.address != other.address {
      return (one.address ?? Address(bits: 0)) < (other.address ?? Address(bits: 0))
    }
    return one.detail < other.detail
  }

  private var detail: String {
    switch self {
    case .service(let name, _), .node(let name, _): name
    case .ambiguous(_, let doubt), .unknown(_, let doubt): doubt.words
    default: ""
    }
  }
}

extension End: CustomStringConvertible {
  /// How a table calls it: `namespace/workload`, or the outside thing's name or address.
  public var description: String {
    switch self {
    case .workload(let id): id.description
    case .service(let name, _): "service \(name)"
    case .node(let name, _): "node \(name)"
    case .apiServer: "apiserver"
    case .external(let address), .ambiguous(let address, _), .unknown(let address, _): address.description
    }
  }
}
