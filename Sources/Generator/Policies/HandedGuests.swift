import Kubernetes
import Traffic

// Guests whom a machine hands on in its own name, and those who may come by any other.
//
// A Service with a node port, a load balancer's address or an external one leads a guest from whichever machine he came in
// by to any pod behind it, and the machine puts its own address in the place of his. Which machine that is tomorrow is
// chance. Where the Service's `externalTrafficPolicy` is `Local`, he is led to that machine's own pods and keeps his address.
extension Synthesis {
  /// What a workload must let in for guests: every machine, at the ports where some machine was seen to hand one on.
  func handedGuests(of subject: WorkloadID, _ asked: [Edge]) -> [Need] {
    handedDoors(of: subject, asked).flatMap { door -> [Need] in
      guard let number = PortRange(door.port) else { return [] }
      return door.blocks.flatMap { block in
        door.approvals.map { approval in
          Need(
            peer: .block(block, except: []), port: .range(door.transport, number),
            names: ["every machine, for guests whom it hands on"],
            portName: portName(of: subject, door.port, door.transport), breadth: .machines,
            approval: approval)
        }
      }
    }
  }

  /// Whether a machine that asks is let in with all others, since it may hand a guest on.
  func isAmongEveryMachine(_ edge: Edge) -> Bool {
    guard let address = edge.client.address else { return false }
    return handing(edge) != nil && machines.holds(address)
  }

  /// That guests who come by a machine of tomorrow, or by any where nobody knows the machines, are cut.
  func handedConcerns(_ edges: [Edge]) -> [Concern] {
    let asked = Dictionary(grouping: edges.filter(\.bin.isNeeded)) { $0.server.workload }
    let doors = asked.flatMap { subject, edges in
      subject.map { handedDoors(of: $0, edges) } ?? []
    }
    let isIgnored = plugin.matchesMachinesByBlock == false
    return [
      handedConcern(
        doors.filter { !$0.blocks.isEmpty },
        "let in guests whom machines hand on, by the machines' addresses"
          + (isIgnored ? ", which \(plugin.name.title) ignores unless it is told to" : "")
          + ": those who come by a machine that comes later are cut",
        hint: "generate anew before machines are added"),
      handedConcern(
        doors.filter { $0.isUnknown },
        "must let in guests whom machines hand on, and nobody knows the machines: those who come by another are cut",
        hint: "load the cluster's machines with `\(Advice.loadInventory)`"),
    ].compactMap(\.self)
  }

  /// A port to which machines hand guests on.
  private struct HandedDoor {
    let server: WorkloadID
    let port: UInt16
    let transport: Transport
    let service: String
    /// The machines that no rule for every guest holds.
    let blocks: [Prefix]
    /// Whether machines are needed, and none is known.
    let isUnknown: Bool
    /// Who let in what was handed on, where it was kept out; nil where something was not.
    let approvals: Set<String?>
  }

  private struct Port: Hashable {
    let number: UInt16
    let transport: Transport
    /// Machines of the other family are let in where one of its guests was seen.
    let isV4: Bool

    init(_ edge: Edge) {
      number = edge.port
      transport = edge.transport
      isV4 = edge.client.address?.isV4 ?? true
    }
  }

  private func handedDoors(of subject: WorkloadID, _ asked: [Edge]) -> [HandedDoor] {
    let handed = asked.filter { mayBeHandedOn($0) }
    return Dictionary(grouping: handed) { Port($0) }.compactMap { port, edges -> HandedDoor? in
      guard let service = handing(edges[0]) else { return nil }
      // What somebody accepted may be taken back, so no other rule counts on it.
      let isOpen = asked.contains { edge in
        guard edge.approval == nil, case .external(let address) = edge.client, Port(edge) == port else {
          return false
        }
        return guests(address, at: edge).contains { $0.breadth == .guests }
      }
      let needed = machines.blocks.filter { $0.isV4 == port.isV4 }
      let approvals = Set(edges.map(\.approval))
      return HandedDoor(
        server: subject, port: port.number, transport: port.transport, service: service,
        blocks: needed.filter { !isOpen || !internet.mayBeGuests($0) },
        isUnknown: needed.isEmpty && !isOpen,
        approvals: approvals.contains(nil) ? [nil] : approvals)
    }
  }

  /// Whether a needed edge is a guest's whom a machine hands on, or may be one's whom the machine that asks hides.
  private func mayBeHandedOn(_ edge: Edge) -> Bool {
    guard handing(edge) != nil else { return false }
    switch edge.client {
    case .node(let name, _): return !edge.isProbe && !isExempt(name, edge)
    // Who dials a pod's own address is not led there by a machine.
    case .external: return !edge.evidence.dialled.isEmpty
    case .workload, .service, .apiServer, .ambiguous, .unknown: return false
    }
  }

  /// A Service by which machines hand guests on to an edge's server; nil where none does, and where no guest is let in.
  private func handing(_ edge: Edge) -> String? {
    guard options.external != .none, let server = edge.server.workload else { return nil }
    return attribution.backends.offers.handing(to: server, edge.port, edge.transport)
  }

  private func handedConcern(_ doors: [HandedDoor], _ words: String, hint: String) -> Concern? {
    // A port may be one for guests of each family.
    let ports = Set(
      doors.map { "\($0.server) \($0.port)/\($0.transport), behind Service `\($0.service)`" }
    ).sorted()
    guard !ports.isEmpty else { return nil }
    return Concern(
      .guestsHidden, "\(ports.count) port\(ports.count == 1 ? "" : "s") \(words)", detail: ports,
      hint:
        "\(hint), give the Service `externalTrafficPolicy: Local`, or leave the way in open with `--direction egress`"
    )
  }
}
