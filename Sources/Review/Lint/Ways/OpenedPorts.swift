import Kubernetes
import Traffic

// Which ports the words of a rule come to on a pod.
extension PolicyPort {
  /// The ports of a pod that it opens; a name opens what the pod's containers declare under it.
  func opened(on pod: PodTraits) -> PortSet {
    switch self {
    case .all(let transport): PortSet(transport, .whole)
    case .range(let transport, let range): PortSet(transport, range)
    case .named(let transport, let name):
      pod.ports.filter { $0.name == name && $0.transport == transport }
        .compactMap { PortRange($0.number) }
        .reduce(.none) { $0.union(PortSet(transport, $1)) }
    }
  }

  /// The ports that it names by number, as long as it does not name all of them.
  var numbers: PortRange? {
    if case .range(_, let range) = self { range } else { nil }
  }
}

extension Rule {
  /// The ports of a pod that it opens.
  func opened(on pod: PodTraits) -> PortSet {
    guard case .only(let ports) = ports else { return .all }
    return ports.reduce(.none) { $0.union($1.opened(on: pod)) }
  }

  /// Whether it opens every port to its peers.
  var opensEveryPort: Bool {
    guard case .only(let ports) = ports else { return true }
    let opened = ports.reduce(PortSet.none) { set, port in
      switch port {
      case .all(let transport): set.union(PortSet(transport, .whole))
      case .range(let transport, let range): set.union(PortSet(transport, range))
      case .named: set
      }
    }
    // Hardly anything speaks SCTP: a rule that opens all of TCP and UDP is meant to open everything.
    return PortSet(.tcp, .whole).union(PortSet(.udp, .whole)).subtracting(opened).isEmpty
  }
}

extension PodTraits {
  /// Whether its containers declare a port with this number.
  func declares(_ port: UInt16, _ transport: Transport) -> Bool {
    ports.contains { $0.number == port && $0.transport == transport }
  }
}
