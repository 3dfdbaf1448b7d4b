import Kubernetes
import Traffic

/// A port of a Service, and the port of a pod behind it.
struct Backend: Hashable {
  /// The Service's name with its namespace.
  let service: String
  /// What the Service calls its port, where it calls it anything.
  let name: String?
  /// The port that clients dial.
  let port: UInt16
  /// The pod's own port, where the pod has it.
  let target: UInt16?
  /// What the Service calls the pod's port, where it calls it by name.
  let targetName: String?
  /// The protocol.
  let transport: Transport
  /// Whether the nodes lead there too.
  let isOnNodes: Bool
}

extension Service {
  /// What it leads to on a pod: one for each of its ports; none where the pod is not behind it.
  func backends(on pod: PodTraits) -> [Backend] {
    guard picks(pod) else { return [] }
    return ports.map { port in
      var targetName: String?
      if case .name(let written) = port.target { targetName = written }
      return Backend(
        service: name, name: port.name, port: port.port,
        target: port.target.number(on: pod.ports, transport: port.transport), targetName: targetName,
        transport: port.transport, isOnNodes: port.nodePort != nil)
    }
  }
}

/// The Services of the cluster, by the namespace of their pods.
struct ServiceIndex {
  private let byNamespace: [String: [Service]]

  init(_ inventory: Inventory) {
    byNamespace = Dictionary(grouping: inventory.services, by: \.meta.namespace)
  }

  /// What the Services in front of a pod lead to there.
  func backends(on pod: PodTraits) -> [Backend] {
    (byNamespace[pod.namespace] ?? []).flatMap { $0.backends(on: pod) }
  }
}
