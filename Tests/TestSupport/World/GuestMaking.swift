import Traffic

// Guests from outside, and the machines that hand them on.
extension TrafficMaking {
  /// Guests come through load balancers and machines' ports, to a pod of the machine that they came in by; where no Service
  /// keeps them there, some to a pod of another machine.
  mutating func makeGuests() {
    for service in cluster.services {
      guard let place = service.workload else { continue }
      for door in service.ports where door.transport == .tcp {
        guard let pod = cluster.workloads[place].pods.indices.randomElement(using: &random) else { continue }
        let server = party(place, pod)
        guard let port = cluster.workloads[place].pods[pod].ports.first(where: door.leads) else { continue }
        if let balancer = service.balancers.first, random.chance(70) {
          let entry = entry(to: server, port, service)
          welcome(server, port.number, through: Socket(balancer, door.number), by: entry, service)
        }
        if let number = door.nodePort, random.chance(70) {
          let entry = entry(to: server, port, service)
          let machine = cluster.nodes[entry].addresses[0]
          welcome(server, port.number, through: Socket(machine, number), by: entry, service)
        }
      }
    }
  }

  /// The machine that a guest comes in by.
  private mutating func entry(
    to server: Party, _ port: MadeWorld.Port, _ service: MadeWorld.Service
  ) -> Int {
    let others = cluster.nodes.indices.filter { node in
      // What an agent asks from the same address is no need, and one edge can't be both.
      node != server.spot.node && (cluster.nodes[node].tellsRanges || !port.isProbed)
    }
    guard has(.handedGuests), !service.keepsGuests, random.chance(50) else { return server.spot.node }
    return others.randomElement(using: &random) ?? server.spot.node
  }

  private mutating func welcome(
    _ server: Party, _ port: UInt16, through door: Socket, by entry: Int, _ service: MadeWorld.Service
  ) {
    // One in four comes from a private network.
    let base: UInt32 = random.chance(25) ? 0xAC1F_0000 : 0xC633_6480
    let guest = stranger(Address(v4: base + .random(in: 1...100, using: &random)), by: entry)
    var manner = Manner()
    manner.dialled = [door]
    manner.isV4 = true
    manner.keepsAddress = service.keepsGuests
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      guard case .pod(let there, _) = server.spot, there != entry else {
        happen(guest, server, port, .tcp, manner, bin: "baseline", "ingress from outside")
        continue
      }
      let node = cluster.nodes[entry]
      let shown = cluster.carrier == nil ? node.addresses[0] : node.tunnel[0]
      let machine = machine(entry, at: [shown]).end
      guard node.isRecorded else {
        // Where nobody saw him come in, the machine is all that there is to see.
        happen(
          guest, server, port, .tcp, manner, bin: "baseline", Self.ownNetwork(node.name), as: machine)
        continue
      }
      manner.handing = machine
      happen(guest, server, port, .tcp, manner, bin: "baseline", "ingress from outside")
    }
  }
}
