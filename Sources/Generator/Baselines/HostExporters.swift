import Kubernetes
import Traffic

/// The ports in machines' networks at which pods are asked for their metrics: what an exporter on each machine declares.
///
/// Such a pod is the machine to policies, but what it declares tells it from the machine's own services.
struct HostExporters {
  private let doors: Set<Door>

  private struct Door: Hashable {
    let machine: String
    let port: UInt16
  }

  init(_ inventory: Inventory) {
    var doors: Set<Door> = []
    for pod in inventory.hostPods {
      guard let machine = pod.nodeName else { continue }
      for port in pod.ports where port.transport == .tcp {
        doors.insert(Door(machine: machine, port: port.number))
      }
    }
    self.doors = doors
  }

  /// Whether an edge leads to a port of a machine that a pod in its network declares.
  func holds(_ edge: Edge) -> Bool {
    guard edge.transport == .tcp, case .node(let machine, _) = edge.server else { return false }
    return doors.contains(Door(machine: machine, port: edge.port))
  }
}
