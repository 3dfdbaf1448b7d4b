import Kubernetes
import Traffic

/// The ports of workloads that Services offer to those outside the cluster.
struct Offers {
  /// The first of the Services that offer a port, by the port.
  private var published: [Door: String] = [:]
  /// The first of the Services by which machines hand guests on to a port in their own names, by the port.
  private var handed: [Door: String] = [:]

  private struct Door: Hashable {
    let end: End
    let port: UInt16
    let transport: Transport
  }

  /// Notes that a Service led to a backend, by what it meant then and what it means now.
  mutating func note(
    _ backend: Backends.Backend, _ port: ServicePort, of meaning: Service, now service: Service
  ) {
    let door = Door(end: backend.end, port: backend.port, transport: port.transport)
    let isOpen =
      port.nodePort != nil || !meaning.otherAddresses.isEmpty || !meaning.balancerNames.isEmpty
    if isOpen, published[door] == nil { published[door] = service.name }
    // By which way guests will come is a matter of today.
    guard meaning.meta.version == service.meta.version, service.handsOn(port) else { return }
    if handed[door] == nil { handed[door] = service.name }
  }

  /// A Service that offers this port of a workload to those outside the cluster; nil where none does.
  func publisher(of workload: WorkloadID, _ port: UInt16, _ transport: Transport) -> String? {
    published[Door(end: .workload(workload), port: port, transport: transport)]
  }

  /// A Service by which any machine hands guests on to this port of a workload; nil where none does.
  func handing(to workload: WorkloadID, _ port: UInt16, _ transport: Transport) -> String? {
    handed[Door(end: .workload(workload), port: port, transport: transport)]
  }
}
