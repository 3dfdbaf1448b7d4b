import Kubernetes
import Traffic

/// The pods behind Services: which workload answers on which of its own ports.
struct Backends {
  /// A workload and the port its pods answer on.
  struct Backend: Hashable, Comparable {
    let workload: WorkloadID
    let port: UInt16

    static func < (one: Backend, other: Backend) -> Bool {
      (one.workload, one.port) < (other.workload, other.port)
    }
  }

  private let inventory: Inventory
  private let roster: Roster
  private let doors: [Door]
  private let doorsOfServices: [[Int]]
  private let doorsOfNodes: [UInt16: [Int]]

  /// One port of a Service, and who answers behind it.
  private struct Door {
    let service: Int
    let port: ServicePort
    /// Who the Service's selector picks; nil for a Service without one, whose slices tell.
    let picked: [Backend]?
  }

  init(_ inventory: Inventory, roster: Roster) {
    self.inventory = inventory
    self.roster = roster
    let workloads = Dictionary(grouping: inventory.topmost, by: \.namespace)
    var doors: [Door] = []
    var doorsOfServices: [[Int]] = []
    var doorsOfNodes: [UInt16: [Int]] = [:]
    for (place, service) in inventory.services.enumerated() {
      let neighbours = workloads[service.meta.namespace, default: []]
      doorsOfServices.append([])
      for port in service.ports {
        doorsOfServices[place].append(doors.count)
        if let number = port.nodePort { doorsOfNodes[number, default: []].append(doors.count) }
        let picked = service.selector.isEmpty ? nil : Self.picked(by: service, port, neighbours, inventory)
        doors.append(Door(service: place, port: port, picked: picked))
      }
    }
    self.doors = doors
    self.doorsOfServices = doorsOfServices
    self.doorsOfNodes = doorsOfNodes
  }

  /// Everything behind these Services on the port that was dialled, sorted.
  func behind(services: [Int], port: UInt16, transport: Transport, at moment: Instant) -> [Backend] {
    let chosen = services.flatMap { doorsOfServices[$0] }.map { doors[$0] }
    return behind(chosen.filter { $0.port.port == port && $0.port.transport == transport }, at: moment)
  }

  /// Everything behind a port that all machines offer, sorted; empty where it is no such port.
  func behind(nodePort: UInt16, transport: Transport, at moment: Instant) -> [Backend] {
    let chosen = doorsOfNodes[nodePort, default: []].map { doors[$0] }
    return behind(chosen.filter { $0.port.transport == transport }, at: moment)
  }

  private func behind(_ doors: [Door], at moment: Instant) -> [Backend] {
    if doors.count == 1, let picked = doors[0].picked { return picked }
    return Set(doors.flatMap { $0.picked ?? listed($0, at: moment) }).sorted()
  }

  /// A Service is followed by its selector, so that pods that are gone and templates count too.
  private static func picked(
    by service: Service, _ port: ServicePort, _ workloads: [WorkloadID], _ inventory: Inventory
  ) -> [Backend] {
    let selector = LabelSelector(service.selector)
    var found: Set<Backend> = []
    for id in workloads {
      let pods = inventory.pods(of: id).map { inventory.pods[$0].traits }
      let template = inventory.workloads[id].map { [$0.traits] } ?? []
      for traits in pods + template where !traits.usesHostNetwork && selector.matches(traits.labels) {
        guard let number = port.target.number(on: traits.ports, transport: port.transport) else { continue }
        found.insert(Backend(workload: id, port: number))
      }
    }
    return found.sorted()
  }

  private func listed(_ door: Door, at moment: Instant) -> [Backend] {
    let service = inventory.services[door.service]
    var found: [Backend] = []
    for slice in inventory.slices
    where slice.meta.namespace == service.meta.namespace && slice.service == service.meta.name {
      for port in slice.ports where port.name == door.port.name && port.transport == door.port.transport {
        for address in slice.addresses {
          guard case .pod(let pod) = roster.holder(of: address, at: moment) else { continue }
          found.append(Backend(workload: inventory.workload(ofPod: pod), port: port.number))
        }
      }
    }
    return found
  }
}
