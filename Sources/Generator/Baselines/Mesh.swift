import Kubernetes
import Traffic

/// What the pods of a service mesh need for it, by what is deployed: their proxies' way to the control plane, and between
/// pods in Istio's ambient mode the port of its tunnel.
///
/// Proxies ask their control plane once, when they start, and stay connected for days, so that a recording may show
/// nothing of it, and no new pod gets ready without it.
struct Mesh {
  /// The ports of the control plane's workloads that proxies ask.
  private let doors: [WorkloadID: Set<UInt16>]
  private let istio: [WorkloadID]
  /// By the namespace of the control plane.
  private let linkerd: [String: [WorkloadID]]
  private let namespaces: [String: Labels]

  init(_ inventory: Inventory, _ backends: Backends) {
    var doors: [WorkloadID: Set<UInt16>] = [:]
    var istio: [WorkloadID] = []
    var linkerd: [String: [WorkloadID]] = [:]
    for id in inventory.topmost {
      let template = inventory.workloads[id]?.templateLabels
      guard let labels = template ?? inventory.pods(of: id).first.map({ inventory.pods[$0].meta.labels })
      else {
        continue
      }
      // A label alone makes nobody a control plane: the Service that proxies ask leads to it too.
      func served(_ ports: Set<UInt16>) -> Set<UInt16> { ports.filter { backends.leads(to: id, $0, .tcp) } }
      if labels["app"] == "istiod" {
        let ports = served(Self.istioPorts)
        guard !ports.isEmpty else { continue }
        doors[id] = ports
        istio.append(id)
      } else if let ports = labels[Self.linkerdComponent].flatMap({ Self.linkerdPorts[$0] }).map(served),
        !ports.isEmpty
      {
        doors[id] = ports
        linkerd[id.namespace, default: []].append(id)
      }
    }
    self.doors = doors
    self.istio = istio
    self.linkerd = linkerd
    namespaces = inventory.namespaces
  }

  /// How a workload takes part in a mesh.
  struct Membership: Hashable {
    /// The control plane's workloads that its proxies ask.
    var servers: [WorkloadID] = []
    /// Whether its traffic goes through Istio's tunnel, with no proxy beside it.
    var isAmbient = false
  }
}

// What it can tell.
extension Mesh {
  /// How a workload whose pods look like these takes part.
  func membership(of looks: [PodTraits]) -> Membership {
    var membership = Membership()
    var servers: Set<WorkloadID> = []
    for look in looks {
      if look.labels["security.istio.io/tlsMode"] == "istio" { servers.formUnion(istio) }
      if let home = look.labels["linkerd.io/control-plane-ns"] {
        servers.formUnion(linkerd[home, default: []])
      }
      let mode = look.labels[Self.ambient] ?? namespaces[look.namespace]?[Self.ambient]
      if mode == "ambient" { membership.isAmbient = true }
    }
    membership.servers = servers.sorted()
    return membership
  }

  /// The ports of a workload that proxies ask, in order; none where it is no control plane's.
  func ports(of workload: WorkloadID) -> [UInt16] { doors[workload, default: []].sorted() }

  /// The workloads that proxies ask, in order.
  var workloads: [WorkloadID] { doors.keys.sorted() }

  /// Whether the edge is a proxy's way to its control plane.
  func holds(_ edge: Edge) -> Bool {
    guard edge.transport == .tcp, edge.client.workload != nil, let server = edge.server.workload else {
      return false
    }
    return doors[server]?.contains(edge.port) ?? false
  }

  /// The port of Istio's tunnel (HBONE).
  static let tunnel: UInt16 = 15_008

  /// What the machine's agent asks pods in ambient mode from: Istio gives it an address of its own.
  static let ambientProbers = ["169.254.7.127", "fd16:9254:7127:1337:ffff:ffff:ffff:ffff"].compactMap {
    Address($0)
  }

  private static let ambient = "istio.io/dataplane-mode"
  private static let linkerdComponent = "linkerd.io/control-plane-component"
  /// The way to istiod, with and without TLS.
  private static let istioPorts: Set<UInt16> = [15_010, 15_012]
  /// The way to each component.
  private static let linkerdPorts: [String: Set<UInt16>] = [
    "destination": [8086, 8090], "identity": [8080], "policy": [8090],
  ]
}
