import Kubernetes
import Traffic

/// The ports of machines that lead to pods on them.
struct HostDoors {
  private let doors: [Door: [Pod]]

  private struct Door: Hashable {
    let machine: String
    let port: UInt16
    let transport: Transport
  }

  private struct Pod {
    let place: Int
    let port: HostPort
    let life: Life
  }

  init(_ inventory: Inventory) {
    var doors: [Door: [Pod]] = [:]
    for (place, pod) in inventory.pods.enumerated() {
      guard let machine = pod.nodeName else { continue }
      for port in pod.hostPorts {
        let door = Door(machine: machine, port: port.number, transport: port.transport)
        doors[door, default: []].append(Pod(place: place, port: port, life: Life(of: pod)))
      }
    }
    self.doors = doors
  }

  /// The pods that a machine's port led to then, each with its own port.
  func behind(
    _ machine: String, _ address: Address, port: UInt16, transport: Transport, at moment: Instant
  ) -> [(pod: Int, port: UInt16)] {
    let known = doors[Door(machine: machine, port: port, transport: transport), default: []]
      .filter { $0.port.isOn(address) }
    return Life.present(known, at: moment) { $0.life }.map { ($0.place, $0.port.containerPort) }
  }

  /// The moments at which it may change what a machine's ports lead to, by its name.
  static func changes(_ inventory: Inventory) -> [String: [Instant]] {
    var found: [String: [Instant]] = [:]
    for pod in inventory.pods where !pod.hostPorts.isEmpty {
      if let machine = pod.nodeName { found[machine, default: []] += Life(of: pod).changes }
    }
    return found
  }
}
