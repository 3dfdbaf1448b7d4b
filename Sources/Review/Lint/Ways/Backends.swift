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

/// The Services of the cluster, by the namespace of their pods.
struct ServiceIndex {
  private let byNamespace: [String: [Service]]

  init(_ inventory: Inventory) {
    byNamespace = Dictionary(
      grouping: inventory.services.filter { !$0.selector.isEmpty }, by: \.meta.namespace)
  }

  /// What the Services in front of a pod lead to there.
  func backends(on pod: PodTraits) -> [Backend] {
    (byNamespace[pod.namespace] ?? []).filter { LabelSelector($0.selector).matches(pod.labels) }
      .flatMap { service in
        service.ports.map { port in
          var name: String?
          if case .name(let written) = port.target { name = written }
          return Backend(
            service: service.name, name: port.name, port: port.port,
            target: port.target.number(on: pod.ports, transport: port.transport), targetName: name,
            transport: port.transport, isOnNodes: port.nodePort != nil)
        }
      }
  }
}
