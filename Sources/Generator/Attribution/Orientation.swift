import Kubernetes
import Traffic

/// A fact's two addresses, put in order: who asked, and who was asked on which port.
struct Orientation {
  let client: Address
  let server: Address
  let port: UInt16
  let nature: Edge.Nature
}

extension Attribution {
  /// Which end of a fact asked.
  ///
  /// Where no opening was seen, the end whose port somebody declared was asked by the one whose port nobody declared.
  func orientation(of fact: Fact) -> Orientation {
    let key = fact.key
    let nature: Edge.Nature = key.client == key.server ? .loop : .ordinary
    let assumed = Orientation(client: key.client, server: key.server, port: key.port, nature: nature)
    // An unknown direction keeps the other end's port where others keep what was dialled.
    guard key.direction == .unknown, nature != .loop, let other = key.dialled else { return assumed }
    let isServer = isDeclared(Socket(key.server, key.port), key.transport, at: fact.activity.first)
    let isOther = isDeclared(other, key.transport, at: fact.activity.first)
    switch (isServer, isOther) {
    case (true, false): return assumed
    case (false, true):
      return Orientation(client: key.server, server: key.client, port: other.port, nature: .ordinary)
    default:
      return Orientation(client: key.client, server: key.server, port: key.port, nature: .undirected)
    }
  }

  /// Whether a workload's pods or template declare a port, or a Service leads to it.
  func isDeclared(_ workload: WorkloadID, _ port: UInt16, _ transport: Transport) -> Bool {
    let pods = inventory.pods(of: workload).lazy.map { inventory.pods[$0].ports }
    let template = inventory.workloads[workload]?.ports ?? []
    func holds(_ ports: [ContainerPort]) -> Bool {
      ports.contains { $0.number == port && $0.transport == transport }
    }
    return holds(template) || pods.contains(where: holds) || backends.leads(to: workload, port, transport)
  }

  /// Whether somebody said that this end answers: the pod that held it, or a Service.
  private func isDeclared(_ end: Socket, _ transport: Transport, at moment: Instant) -> Bool {
    if case .pod(let pod) = roster.holder(of: end.address, at: moment) {
      return isDeclared(inventory.workload(ofPod: pod), end.port, transport)
    }
    switch directory.entry(for: end.address, port: end.port, at: moment) {
    case .apiServer: return true
    case .services(let services):
      return services.contains { service in
        inventory.services[service].ports.contains { $0.port == end.port && $0.transport == transport }
      }
    case .node, .serviceOfAnotherTime, .podRange, .serviceRange, .metadata, .outside: return false
    }
  }
}
