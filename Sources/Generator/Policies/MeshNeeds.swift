import Kubernetes
import Traffic

// What a service mesh needs of a workload's policy.
extension Synthesis {
  /// What a workload must let in for the mesh, seen or not: every proxy, where it is the control plane's; and in ambient
  /// mode the machine's agent, and those who ask it, through the tunnel.
  func meshIngress(of subject: WorkloadID, _ edges: [Edge]) -> [Need] {
    let proxies = mesh.ports(of: subject).compactMap { port in
      meshNeed(Self.everyPod.peer, port, "proxies of every namespace")
    }
    let looks = selectors.replicas(of: subject)
    guard mesh.membership(of: looks).isAmbient else { return proxies }
    let pods = inventory.pods(of: subject).map { inventory.pods[$0] }
    let probes = Set(pods.flatMap(\.probes)).sorted()
    let families = Set(pods.flatMap(\.addresses).map(\.isV4))
    let agents = Mesh.ambientProbers.filter { families.contains($0.isV4) }.flatMap { address in
      probes.compactMap {
        meshNeed(.block(Prefix(only: address), except: []), $0, "the machine, to ask how it is")
      }
    }
    return proxies + agents + tunnelDoors(of: subject, edges)
  }

  /// The tunnel of ambient mode, by which the mesh's workloads ask it.
  func tunnelDoors(of subject: WorkloadID, _ edges: [Edge]) -> [Need] {
    guard isAmbient(subject) else { return [] }
    return edges.compactMap { edge -> Need? in
      guard edge.transport == .tcp, !edge.isNaming, let client = edge.client.workload, isAmbient(client),
        let peer = peer(client, seenFrom: subject)
      else { return nil }
      return meshNeed(peer, Mesh.tunnel, "\(called(client, seenFrom: subject)), through the mesh")
    }
  }

  /// What a workload must ask for the mesh, seen or not: the control plane of its proxies; in ambient mode those whom it
  /// needs, through the tunnel.
  func meshEgress(of subject: WorkloadID, _ edges: [Edge]) -> [Need] {
    let membership = mesh.membership(of: selectors.replicas(of: subject))
    let control = membership.servers.filter { $0 != subject }.flatMap { server -> [Need] in
      guard let peer = peer(server, seenFrom: subject) else { return [] }
      return mesh.ports(of: server).compactMap { meshNeed(peer, $0, called(server, seenFrom: subject)) }
    }
    return control + tunnelWays(of: subject, edges)
  }

  /// The tunnel of ambient mode, by which it asks the mesh's workloads.
  func tunnelWays(of subject: WorkloadID, _ edges: [Edge]) -> [Need] {
    guard isAmbient(subject) else { return [] }
    return edges.compactMap { edge -> Need? in
      guard edge.transport == .tcp, !edge.isNaming, let server = edge.server.workload, isAmbient(server),
        let peer = peer(server, seenFrom: subject)
      else { return nil }
      return meshNeed(peer, Mesh.tunnel, "\(called(server, seenFrom: subject)), through the mesh")
    }
  }

  private func isAmbient(_ id: WorkloadID) -> Bool {
    mesh.membership(of: selectors.replicas(of: id)).isAmbient
  }

  private func meshNeed(_ peer: Peer, _ port: UInt16, _ name: String) -> Need? {
    PortRange(port).map {
      Need(peer: peer, port: .range(.tcp, $0), name: name, portName: nil, breadth: .baseline)
    }
  }
}
