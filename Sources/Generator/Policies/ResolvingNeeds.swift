import Kubernetes
import Traffic

// What the cluster's DNS must be let out for, whether or not it was seen.
extension Synthesis {
  /// The API server, at which it holds a watch from its start on, and those whom it asks for names outside the cluster.
  func resolving(of subject: WorkloadID, _ edges: [Edge]) -> [Need] {
    guard dns.workloads.contains(subject) else { return [] }
    return apiServerPlaces() + (edges.contains(where: Self.asksUpstream) ? [] : upstream(of: subject))
  }

  /// Whether it is a question to a server for other names, in the clear or over TLS.
  static func asksUpstream(_ edge: Edge) -> Bool {
    edge.bin.isNeeded && !edge.isNaming && (edge.port == 53 || edge.port == 853)
  }

  /// Where its machine says that names are asked for: nobody wrote that into an object, so it may be anywhere but at a pod.
  private func upstream(of subject: WorkloadID) -> [Need] {
    guard options.external == .auto || options.external == .public else { return [] }
    let known = inventory.pods(of: subject).flatMap { inventory.pods[$0].addresses }
    let addresses = known.isEmpty ? dns.addresses : known
    return Set(addresses.isEmpty ? [true] : addresses.map(\.isV4)).flatMap { isV4 in
      [Transport.tcp, .udp].compactMap { transport in
        PortRange(53).map {
          Need(
            peer: internet.everybody(isV4: isV4), port: .range(transport, $0),
            name: "servers for names outside the cluster",
            portName: nil, breadth: .resolvers)
        }
      }
    }
  }
}
