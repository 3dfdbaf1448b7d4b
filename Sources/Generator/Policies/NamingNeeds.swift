import Kubernetes
import Traffic

// What policies must let through so that names can be asked for.
extension Synthesis {
  /// Every pod may ask the cluster's DNS, over UDP and TCP, and its cache on the pod's own machine where there is one.
  func allowDNS(_ namespace: String) -> PlannedPolicy {
    let servers = peer(LabelSelector(dns.selector), in: dns.namespace, seenFrom: namespace)
    func rule(_ peers: [Peer], _ ports: Set<UInt16>, _ note: String) -> Rule? {
      let ports = ports.compactMap { PortRange($0) }.flatMap { range in
        [Transport.tcp, .udp].map { PolicyPort.range($0, range) }
      }
      // An empty list would mean everybody: where there is none there is no rule.
      guard let peers = OneOrMore(peers), let ports = OneOrMore(ports.sorted()) else { return nil }
      return Rule(.only(peers), .only(ports), note: [note])
    }
    let caches = dns.caches.map { Peer.block(Prefix(only: $0), except: []) }
    let rules = [
      rule([servers], Set(dns.ports.map(\.port)), "cluster DNS"),
      rule(caches, [53], "cluster DNS, cached on each machine"),
    ].compactMap(\.self)
    let policy = NetworkPolicy(
      namespace: namespace, name: Self.allowDNS, labels: Self.ours, subject: .everything, isolates: .egress,
      egress: rules)
    return PlannedPolicy(policy: policy, role: .dns, breadths: [.egress: rules.map { _ in .baseline }])
  }

  /// What a workload must let in where it answers for the cluster's names: every pod, whether or not one was seen to ask.
  func naming(of subject: WorkloadID) -> [Need] {
    guard dns.workloads.contains(subject) else { return [] }
    return dns.ports.compactMap { door in
      PortRange(door.port).map { range in
        Need(
          peer: Self.everyPod.peer, port: .range(door.transport, range), name: Self.everyPod.name,
          // Both transports go by the name of the usual one.
          portName: portName(of: subject, door.port, .udp), breadth: .baseline)
      }
    }
  }

  /// What the cluster's DNS must let in: every pod, over UDP and TCP, and whoever else was seen to ask.
  func naming(_ edge: Edge) -> [Need] {
    let peers: [Opening] =
      switch edge.client {
      case .workload: [(Self.everyPod.peer, Self.everyPod.name, .baseline)]
      case .external(let address): guests(address, at: edge)
      case .node(let name, let address)
      where isExempt(name, edge) || cacheBlocks.contains { $0.contains(address) }:
        []
      case .node(_, let address), .service(_, let address), .apiServer(let address):
        [(.block(Prefix(only: address), except: []), edge.client.description, .exact)]
      case .ambiguous, .unknown: []
      }
    guard let range = PortRange(edge.port) else { return [] }
    return peers.flatMap { peer in
      [Transport.tcp, .udp].map { transport in
        // Over the other protocol nothing may have been seen: it is there by design.
        Need(
          peer: peer.peer, port: .range(transport, range), name: peer.name,
          // Both go by the name of the usual one.
          portName: edge.server.workload.flatMap { portName(of: $0, edge.port, .udp) },
          breadth: peer.breadth == .exact && transport != edge.transport ? .baseline : peer.breadth)
      }
    }
  }

  static let everyPod = (
    peer: Peer.namespaces(.everything), name: "pods of every namespace, for names"
  )
}
