import Kubernetes
import Traffic

// What a workload's policy must let out.
extension Synthesis {
  /// What a workload must be let out for; where it asks for names, over TCP too.
  func egress(_ edge: Edge, isElsewhere: Bool = false) -> [Need] {
    let needs = seenEgress(edge, isElsewhere)
    guard edge.asksAnotherForNames || isElsewhere && edge.isNaming else { return needs }
    // What doesn't fit in a datagram is asked for again over TCP.
    return needs
      + needs.compactMap { need in
        guard case .range(.udp, let range) = need.port else { return nil }
        return Need(
          peer: need.peer, port: .range(.tcp, range), names: need.names, portName: need.portName,
          breadth: need.breadth == .exact ? .baseline : need.breadth, approval: need.approval)
      }
  }

  private func seenEgress(_ edge: Edge, _ isElsewhere: Bool) -> [Need] {
    guard let subject = edge.client.workload, let port = policyPort(edge) else { return [] }
    func need(_ peer: Peer, _ names: [String], _ breadth: Need.Breadth = .exact) -> Need {
      Need(
        peer: peer, port: port, names: names, portName: portName(edge), breadth: breadth,
        approval: edge.approval)
    }
    func only(_ address: Address) -> Peer { .block(Prefix(only: address), except: []) }
    // Every pod of the namespace may ask for names already.
    if edge.isNaming, !isElsewhere { return [] }
    switch edge.server {
    case .workload(let server):
      return peer(server, seenFrom: subject).map { [need($0, [called(server, seenFrom: subject)])] } ?? []
    case .apiServer(let address):
      return [need(only(address), ["API server"])] + apiServerPlaces()
    case .node(let name, let address):
      return [need(only(address), ["node \(name)"])]
    case .external(let address):
      let names = edge.evidence.names
      let called = names.isEmpty ? [address.description] : names
      let network = network(of: address)
      switch options.external {
      case .none: return []
      case _ where !network.isEmpty: return network.map { need($0.peer, [$0.name], $0.breadth) }
      case .exact: return [need(only(address), called)]
      case .auto where names.isEmpty || !PublicInternet.holds(address): return [need(only(address), called)]
      case .public where !PublicInternet.holds(address): return [need(only(address), called)]
      case .auto, .public:
        guard let everybody = internet.block(like: address) else { return [need(only(address), called)] }
        return [need(everybody, called, .publicName)]
      }
    case .service, .ambiguous, .unknown:
      return []
    }
  }

  /// Every place of the API server: its other endpoints, any of which may answer tomorrow, and its Service's address,
  /// because some network plugins judge a connection before it is translated.
  func apiServerPlaces() -> [Need] {
    attribution.directory.apiServer.sorted().compactMap { socket in
      PortRange(socket.port).map {
        Need(
          peer: .block(Prefix(only: socket.address), except: []), port: .range(.tcp, $0), name: "API server",
          portName: nil, breadth: .baseline)
      }
    }
  }
}
