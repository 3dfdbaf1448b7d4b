import Traffic

// What pods need of the world outside, and what it needs of them.
extension TrafficMaking {
  mutating func makeExternals(named isNamed: Bool) {
    for number in 0..<Int.random(in: 1...2, using: &random) {
      guard let client = ordinary.randomElement(using: &random) else { return }
      var address = Address(v4: (isNamed ? 0xCB00_7100 : 0xC633_6400) + UInt32(20 + number))
      if has(.externals6), has(.dualStack), random.chance(50) {
        address = Address(bits: 0x2001_0DB8_0000_0000 << 64 | UInt128((isNamed ? 0xA0 : 0xB0) + number))
      }
      let port: UInt16 = [443, 587, 9092].randomElement(using: &random) ?? 443
      let place = random.chance(50)
      for turn in 0..<Int.random(in: 1...3, using: &random) {
        guard let pod = cluster.workloads[client].pods.indices.randomElement(using: &random) else { continue }
        let asker = party(client, pod)
        let server = stranger(address, by: 0)
        let second = Int64.random(in: 20...400, using: &random)
        if isNamed, turn == 0 || place || has(.unrecorded) {
          ask(
            asker, for: Question(name: "shop\(number).example", answer: [address]), at: second - 1)
        }
        var manner = Manner()
        manner.at = second
        happen(asker, server, port, .tcp, manner, isNamed && !has(.unaskedDNS) ? "public name" : nil)
      }
    }
    guard !isNamed, random.chance(50), let client = ordinary.randomElement(using: &random) else { return }
    if has(.midStream) {
      // Nobody declares the port of either end, so nobody can tell which of them asked.
      let other = stranger(Address(v4: 0xC633_6433), by: 0)
      happen(
        party(client, 0), other, 443, .tcp, Manner(ending: .midStream), bin: "unattributed", "no opening seen"
      )
    }
    // Time, from a machine of a private network beside the cluster.
    let clock = stranger(Address(v4: 0xC0A8_3207), by: 0)
    happen(party(client, 0), clock, 123, .udp, Manner(ending: .replied))
  }

  /// Connections that were open before the recording and are so after it, between ports that nobody declares: with
  /// somebody outside, and with another workload.
  mutating func makeOpenThroughout() {
    var manner = Manner(ending: .midStream)
    manner.at = .random(in: 1...5, using: &random)
    manner.span = .random(in: 440...540, using: &random)
    let clients = ordinary.filter { party($0, 0).isLasting }
    guard let client = clients.randomElement(using: &random) else { return }
    let reason = "no opening seen"
    stop(party(client, 0), stranger(Address(v4: 0xC633_6434), by: 0), 5671, manner, reason)
    guard let other = clients.filter({ $0 != client }).randomElement(using: &random) else { return }
    stop(party(client, 0), party(other, 0), 7400, manner, reason)
  }

  /// Connections of one pod to another's port that nobody declares, of which nobody saw any opening; and one to a port
  /// where somebody else's opening was seen.
  mutating func makePools() {
    guard let client = ordinary.randomElement(using: &random),
      let server = ordinary.filter({ $0 != client }).randomElement(using: &random)
    else { return }
    var manner = Manner(ending: .midStream)
    manner.isV4 = true
    for _ in 0..<Int.random(in: 3...6, using: &random) {
      happen(party(client, 0), party(server, 0), 7401, .tcp, manner)
    }
    guard let third = ordinary.filter({ $0 != client && $0 != server }).randomElement(using: &random),
      happen(party(third, 0), party(server, 0), 7402) != nil
    else { return }
    happen(party(client, 0), party(server, 0), 7402, .tcp, manner)
  }

  /// A machine of the company, by its name.
  mutating func makePrivateName() {
    guard let client = ordinary.randomElement(using: &random) else { return }
    let asker = party(client, 0)
    let address = Address(v4: 0xAC14_0005)
    ask(asker, for: Question(name: "ldap.corp.example", answer: [address]), at: 50)
    var manner = Manner()
    manner.at = 51
    happen(asker, stranger(address, by: 0), 636, .tcp, manner)
  }

  /// A public name, as somebody outside answers it: anybody could.
  mutating func makeForeignName() {
    guard let client = ordinary.randomElement(using: &random) else { return }
    let asker = party(client, 0)
    let address = Address(v4: 0xCB00_7163)
    var manner = Manner(ending: .replied)
    manner.question = Question(name: "pay.example", answer: [address])
    manner.at = 60
    happen(asker, stranger(Address(v4: 0xC633_6435), by: 0), 53, .udp, manner)
    happen(asker, stranger(address, by: 0), 8443, .tcp, Manner())
  }

  private mutating func happen(
    _ client: Party, _ server: Party, _ port: UInt16, _ transport: Transport, _ manner: Manner,
    _ reason: String?
  ) {
    happen(client, server, port, transport, manner, bin: "learned", reason)
  }

  mutating func makeAPIServer() {
    let server = Party(
      spot: .node(0), addresses: [cluster.nodes[0].addresses[0]],
      end: .init(name: "apiserver", address: cluster.nodes[0].addresses[0]))
    var manner = Manner()
    manner.dialled = [Socket(ClusterMaking.serviceAddress(1), 443)]
    for client in ordinary where random.chance(40) {
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        guard let pod = cluster.workloads[client].pods.indices.randomElement(using: &random) else { continue }
        happen(party(client, pod), server, 6443, .tcp, manner, bin: "baseline", "API server")
      }
    }
    // The machines' agents ask it too.
    for node in cluster.nodes.indices.dropFirst() where random.chance(50) {
      let agent = machine(node, at: [cluster.nodes[node].addresses[0]])
      happen(agent, server, 6443, .tcp, bin: "out-of-scope", "no pod at either end")
    }
  }
}
