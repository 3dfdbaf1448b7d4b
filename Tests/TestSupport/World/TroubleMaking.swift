import Traffic

// What is no need, or looks like none: silence, closed doors, addresses that change hands.
extension TrafficMaking {
  /// Measurements by UDP: nobody answers them, whether or not somebody wants them.
  mutating func makeOneWay() {
    for server in ordinary where random.chance(60) {
      guard let client = ordinary.filter({ $0 != server }).randomElement(using: &random) else { continue }
      let port = cluster.workloads[server].ports.first { $0.number == 8125 }
      let isDeclared = port != nil
      let number: UInt16 = isDeclared ? 8125 : 9999
      let times = Int.random(in: 1...4, using: &random)
      let isNeed = isDeclared && times > 1
      guard let pair = pair(client, server),
        claim(party(client, pair.client), party(server, pair.server), number, .udp)
      else { continue }
      let service = port.flatMap { self.service(for: server, $0) }
      let isThrough = random.chance(50)
      for _ in 0..<times {
        var manner = Manner(ending: .oneWay)
        if isThrough, let service {
          manner.dialled = service.addresses.map { Socket($0, service.port.number) }
        }
        happen(
          party(client, pair.client), party(server, pair.server), number, .udp, manner,
          bin: isNeed ? "learned" : "quarantined", isNeed ? nil : "nothing came back")
      }
    }
  }

  mutating func makeRefusals() {
    for client in ordinary where random.chance(50) {
      guard closedDoors[client, default: 0] < 2,
        let server = ordinary.filter({ $0 != client }).randomElement(using: &random),
        let pair = pair(client, server)
      else { continue }
      let asker = party(client, pair.client)
      let asked = party(server, pair.server)
      let (transport, ending, reason): (Transport, Event.Ending, String) =
        switch Int.random(in: 0..<3, using: &random) {
        case 0: (.tcp, .refused, "refused")
        case 1: (.tcp, .attempted, "never established")
        default: (.udp, .refused, "refused")
        }
      let port = UInt16([22, 25, 2222].randomElement(using: &random) ?? 22)
      guard claim(asker, asked, port, transport) else { continue }
      closedDoors[client, default: 0] += 1
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        happen(asker, asked, port, transport, Manner(ending: ending), bin: "quarantined", reason)
      }
    }
    guard let client = ordinary.randomElement(using: &random) else { return }
    let asker = party(client, 0)
    let dns = cluster.workloads[cluster.dns].pods.map(\.node)
    if let node = dns.first(where: { $0 != asker.spot.node }) {
      // Of the ranges of pods, and nobody's.
      let nobody = Address(bits: cluster.nodes[node].podRanges[0].base.bits + 200)
      let lost = Party(
        spot: .pod(node: node, interface: 250), addresses: [nobody],
        end: .init(name: nobody.description, address: nobody))
      happen(asker, lost, 7777, .tcp, Manner(ending: .attempted), bin: "unattributed", "unknown")
    }
    let metadata = stranger(Address(v4: 0xA9FE_A9FE), by: 0)
    happen(
      asker, metadata, 80, .tcp, Manner(ending: random.chance(50) ? .attempted : .used), bin: "quarantined",
      "metadata address")
  }

  /// What a pod did of which nobody knows any more.
  mutating func makeGhost() {
    guard let ghost = place(of: "ghost"), let server = ordinary.randomElement(using: &random),
      let port = cluster.workloads[server].pods[0].ports.first
    else { return }
    var client = party(ghost, 0)
    client.isLasting = false
    let address = client.addresses[0]
    var manner = Manner()
    manner.isV4 = true
    var count = 0
    for _ in 0..<(has(.steadyUnknowns) ? 3 : 1) {
      let talk = happen(
        client, party(server, 0), port.number, .tcp, manner, bin: "unattributed",
        "unknown: no pod is known to have held it", as: .outside(address))
      if talk != nil { count += 1 }
    }
    if count >= 3 { stops = true }
  }

  /// Somebody needs a workload whose labels others have as well.
  mutating func makeLookalike() {
    guard let original = place(of: "original"), let client = ordinary.randomElement(using: &random) else {
      return
    }
    if happen(party(client, 0), party(original, 0), 8060) != nil { stops = true }
  }

  /// A job ends, and another workload's pod gets its address.
  mutating func makeSuccession() {
    guard let job = place(of: "settle"), let next = place(of: "promo"),
      let server = ordinary.first(where: { cluster.workloads[$0].ports.first?.transport == .tcp })
    else { return }
    let before = party(job, 0)
    let after = party(next, 0)
    let asked = party(server, 0)
    guard let port = cluster.workloads[server].pods[0].ports.first?.number else { return }
    let address = before.addresses[0]
    let nobody = ExpectedEdge.End(name: address.description, address: address)
    let isTold = cluster.workloads[job].pods[0].tellsEnd
    var manner = Manner()
    manner.isV4 = true
    // Most of it in one minute: whoever shares out by minutes does not get it right.
    if has(.laterInventory) { manner.at = before.until - 10 }
    // What is shared out may be more of somebody unknown than it was, and much of that stops generation.
    let end = cluster.workloads[job].pods[0].until
    let isNear =
      end.map { (3...6).contains(cluster.workloads[next].pods[0].from.seconds(since: $0)) } ?? false
    let isMuch = has(.laterInventory) && isTold && !isNear
    for _ in 0..<(isMuch ? 6 : Int.random(in: 1...2, using: &random)) {
      happen(
        before, asked, port, .tcp, manner, bin: isTold ? "learned" : "unattributed",
        isTold ? nil : "unknown: no pod held it then", as: isTold ? nil : nobody)
    }
    if has(.laterInventory) { manner.at = after.from + 1 }
    for _ in 0..<Int.random(in: 1...2, using: &random) { happen(after, asked, port, .tcp, manner) }
    guard isTold, isNear, let end else { return }
    // Between the two nobody can say who still talks, or talks already.
    manner.at = Int64(end.seconds(since: MadeWorld.start)) + 1
    happen(
      after, asked, port, .tcp, manner, bin: "unattributed", "address changed hands", as: nobody)
  }

  /// A shell knocks on many doors; it has one steady need all the same.
  mutating func makeScan() {
    guard let shell = place(of: "shell") else { return }
    let client = party(shell, 0)
    let count = Int.random(in: 0..<10, using: &random) == 0 ? 200 : Int.random(in: 12...30, using: &random)
    let begin = Int64.random(in: 20...300, using: &random)
    var open = 0
    func manner(_ ending: Event.Ending) -> Manner {
      var manner = Manner(ending: ending)
      manner.at = .random(in: begin...begin + 60, using: &random)
      return manner
    }
    for _ in 0..<count {
      guard let server = ordinary.randomElement(using: &random) else { return }
      let asked = party(server, Int.random(in: cluster.workloads[server].pods.indices, using: &random))
      let port = UInt16.random(in: 1...1024, using: &random)
      guard claim(client, asked, port, .tcp) else { continue }
      let ending: Event.Ending = random.chance(80) ? .refused : .attempted
      happen(client, asked, port, .tcp, manner(ending), bin: "quarantined", "scan")
    }
    for server in ordinary where open < 3 {
      let pod = cluster.workloads[server].pods[0]
      guard let port = pod.ports.first(where: { $0.transport == .tcp }),
        claim(client, party(server, 0), port.number, .tcp)
      else { continue }
      open += 1
      if open == 1 {
        for _ in 0..<3 { happen(client, party(server, 0), port.number) }
      } else {
        happen(
          client, party(server, 0), port.number, .tcp, manner(random.chance(50) ? .reset : .used),
          bin: "quarantined", "scan")
      }
    }
  }
}
