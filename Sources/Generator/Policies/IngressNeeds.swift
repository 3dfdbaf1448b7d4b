import Kubernetes
import Traffic

// What a workload's policy must let in.
extension Synthesis {
  /// What lets an edge in; of a workload elsewhere also what its own namespace's policies would let in by design.
  func ingress(_ edge: Edge, isElsewhere: Bool = false) -> [Need] {
    guard let subject = edge.server.workload, let port = policyPort(edge) else { return [] }
    func need(_ peer: Peer, _ name: String, _ breadth: Need.Breadth) -> Need {
      Need(
        peer: peer, port: port, names: [name], portName: portName(edge), breadth: breadth,
        approval: edge.approval)
    }
    if edge.isNaming { return naming(edge) }
    // The control plane lets every proxy in already.
    if mesh.holds(edge), !isElsewhere { return [] }
    switch edge.client {
    case .workload(let client):
      guard let peer = peer(client, seenFrom: subject) else { return [] }
      return [need(peer, called(client, seenFrom: subject), .exact)]
    case .node(let name, let address):
      if edge.isProbe { return probes(edge) }
      guard !isExempt(name, edge), isElsewhere || !isAmongEveryMachine(edge) else { return [] }
      return [need(.block(Prefix(only: address), except: []), "node \(name)", .exact)]
    case .external(let address):
      return guests(address, at: edge).map { need($0.peer, $0.name, $0.breadth) }
    case .service(_, let address), .apiServer(let address):
      return [need(.block(Prefix(only: address), except: []), edge.client.description, .exact)]
    case .ambiguous, .unknown:
      return []
    }
  }

  /// Who may come from outside, where one address was seen to.
  ///
  /// A public address at a port that is offered outside is one guest of many. A private one is somebody's machine, and only
  /// that one, unless its network has a name; and so is one at any other port, whether it was let in by somebody's word or
  /// just seen.
  func guests(_ address: Address, at edge: Edge) -> [Opening] {
    let only = (Peer.block(Prefix(only: address), except: []), address.description, Need.Breadth.exact)
    let network = network(of: address)
    switch options.external {
    case .none: return []
    // Who accepted one address did not open the door for all of its network.
    case _ where !network.isEmpty: return edge.approval == nil || outside.hold(edge) ? network : [only]
    case .exact: return [only]
    case .auto, .public:
      let isAsked = options.external == .public && edge.approval == nil
      guard PublicInternet.holds(address), isAsked || outside.hold(edge),
        let everybody = internet.guests(like: address)
      else { return [only] }
      return [(everybody, "guests from outside", .guests)]
    }
  }

  typealias Opening = (peer: Peer, name: String, breadth: Need.Breadth)

  /// The blocks of the address's family in the network that it lies in; none where it lies in none.
  func network(of address: Address) -> [Opening] {
    guard let network = options.networks.network(of: address) else { return [] }
    return network.blocks.filter { $0.prefix.isV4 == address.isV4 }.map { ($0.peer, network.name, .network) }
  }

  /// What a workload must let in where the API server calls it, seen or not.
  func admission(of subject: WorkloadID) -> [Need] {
    webhooks.ports(of: subject).compactMap { port in
      PortRange(port).map { range in
        Need(
          peer: nil, port: .range(.tcp, range), name: webhooks.caller(of: subject, port),
          portName: portName(of: subject, port, .tcp), breadth: .webhook)
      }
    }
  }
}
