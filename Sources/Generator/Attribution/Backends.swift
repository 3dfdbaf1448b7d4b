import Kubernetes
import Traffic

/// The pods behind Services: which workload answers on which of its own ports.
struct Backends {
  /// A workload and the port its pods answer on.
  struct Backend: Hashable {
    let workload: WorkloadID
    let port: UInt16
  }

  private let inventory: Inventory
  private let roster: Roster
  private let nodePorts: [UInt16: [(service: Int, port: ServicePort)]]

  init(_ inventory: Inventory, roster: Roster) {
    self.inventory = inventory
    self.roster = roster
    var nodePorts: [UInt16: [(service: Int, port: ServicePort)]] = [:]
    for (index, service) in inventory.services.enumerated() {
      for port in service.ports {
        if let number = port.nodePort { nodePorts[number, default: []].append((index, port)) }
      }
    }
    self.nodePorts = nodePorts
  }

  /// Everything behind these Services on the port that was dialled, sorted.
  func behind(services: [Int], port: UInt16, transport: Transport, at moment: Instant) -> [Backend] {
    var found: Set<Backend> = []
    for index in services {
      let service = inventory.services[index]
      for door in service.ports where door.port == port && door.transport == transport {
        found.formUnion(backends(of: service, door, at: moment))
      }
    }
    return sorted(found)
  }

  /// Everything behind a port that all machines offer, sorted; empty where it is no such port.
  func behind(nodePort: UInt16, transport: Transport, at moment: Instant) -> [Backend] {
    let doors = nodePorts[nodePort, default: []].filter { $0.port.transport == transport }
    return sorted(
      doors.reduce(into: Set<Backend>()) { found, door in
        found.formUnion(backends(of: inventory.services[door.service], door.port, at: moment))
      })
  }

  /// A Service with a selector is followed by its selector, so that pods that are gone count too; else by its slices.
  private func backends(of service: Service, _ door: ServicePort, at moment: Instant) -> Set<Backend> {
    var found: Set<Backend> = []
    let namespace = service.meta.namespace
    guard !service.selector.isEmpty else { return listed(service, door, at: moment) }
    let selector = LabelSelector(service.selector)
    for pod in inventory.pods where pod.meta.namespace == namespace && !pod.usesHostNetwork {
      guard selector.matches(pod.meta.labels),
        let port = door.target.number(on: pod.ports, transport: door.transport)
      else { continue }
      found.insert(Backend(workload: inventory.workload(of: pod), port: port))
    }
    for workload in inventory.workloads.values
    where workload.meta.namespace == namespace && workload.meta.owner == nil && !workload.usesHostNetwork {
      guard selector.matches(workload.templateLabels),
        let port = door.target.number(on: workload.ports, transport: door.transport)
      else { continue }
      found.insert(Backend(workload: workload.id, port: port))
    }
    return found
  }

  private func listed(_ service: Service, _ door: ServicePort, at moment: Instant) -> Set<Backend> {
    var found: Set<Backend> = []
    for slice in inventory.slices
    where slice.meta.namespace == service.meta.namespace && slice.service == service.meta.name {
      for port in slice.ports where port.name == door.name && port.transport == door.transport {
        for address in slice.addresses {
          guard case .pod(let pod) = roster.holder(of: address, at: moment) else { continue }
          found.insert(Backend(workload: inventory.workload(of: inventory.pods[pod]), port: port.number))
        }
      }
    }
    return found
  }

  private func sorted(_ found: Set<Backend>) -> [Backend] {
    found.sorted { ($0.workload, $0.port) < ($1.workload, $1.port) }
  }
}
