import Traffic

// What workloads need of each other, and what they ask before.
extension TrafficMaking {
  mutating func makeNeeds() {
    for server in ordinary {
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        guard let client = ordinary.randomElement(using: &random),
          client != server || areKnown(client) || has(.strangersAmongThemselves)
        else { continue }
        for port in cluster.workloads[server].ports where port.transport != .udp || has(.datagrams) {
          guard port.number != 8125, random.chance(75) else { continue }
          makeNeed(of: client, with: server, port)
        }
      }
    }
  }

  /// Whether the owner of replicas is known by more than its name.
  private func areKnown(_ place: Int) -> Bool { cluster.workloads[place].isListed }

  private mutating func makeNeed(of client: Int, with server: Int, _ port: MadeWorld.Port) {
    let service = service(for: server, port)
    let name = "\(cluster.workloads[server].name).\(cluster.workloads[server].namespace).svc.cluster.local"
    for turn in 0..<Int.random(in: 1...4, using: &random) {
      guard let pair = pair(client, server) else { return }
      let pod = cluster.workloads[server].pods[pair.server]
      // Of replicas of several ages each has the port under its own number.
      guard let own = pod.ports.first(where: { $0.name == port.name && $0.transport == port.transport })
      else {
        continue
      }
      let asker = party(client, pair.client)
      let asked = party(server, pair.server)
      var manner = Manner()
      if let service, service.port.leads(to: own), random.chance(70) {
        manner.dialled = service.addresses.map { Socket($0, service.port.number) }
        if has(.balancersInside), random.chance(40), let balancer = service.balancer {
          manner.dialled = [Socket(balancer, service.port.number)]
          manner.isV4 = true
        }
        if has(.nodePortsInside), random.chance(40), let number = service.port.nodePort {
          // The client's own machine leads on from there.
          manner.dialled = cluster.nodes[asker.spot.node].addresses.map { Socket($0, number) }
          manner.isV4 = nil
        }
        if random.chance(40) { ask(asker, for: Question(name: name, answer: service.addresses)) }
      }
      vary(&manner, own.transport)
      if has(.failures), turn > 0, own.transport == .tcp, random.chance(20) {
        manner.ending = random.chance(50) ? .refused : .attempted
        // Silence is for what was opened: an opening that is sent again after minutes is another.
        manner.silence = 0
        // What fails always is no need.
        guard edges[key(asker, asked, own.number, .tcp)]?.isNeeded == true else { continue }
      }
      let talk = happen(asker, asked, own.number, own.transport, manner)
      if let talk, has(.portReuse), own.transport == .tcp, manner.silence == 0, !manner.isSlow,
        random.chance(20)
      {
        makeAgain(asker, asked, own.number, manner, after: talk)
      }
    }
  }

  /// The same ends open a second connection from the same port.
  private mutating func makeAgain(
    _ client: Party, _ server: Party, _ port: UInt16, _ manner: Manner, after earlier: Talk
  ) {
    guard manner.ending != .midStream else { return }
    var again = manner
    again.ending = .used
    again.clientPort = earlier.own.port
    again.isV4 = earlier.own.address.isV4
    again.at = Int64(earlier.start.seconds(since: MadeWorld.start)) + .random(in: 3...70, using: &random)
    // What was dialled before is dialled again, so that both ends are the same.
    happen(client, server, port, .tcp, again)
  }

  private mutating func vary(_ manner: inout Manner, _ transport: Transport) {
    guard transport == .tcp else {
      manner.ending = transport == .udp ? .replied : .used
      return
    }
    switch Int.random(in: 0..<10, using: &random) {
    case 0: manner.ending = .closed
    case 1: manner.ending = .reset
    case 2 where has(.midStream): manner.ending = .midStream
    case 3 where has(.slowOpenings): manner.isSlow = true
    case 4 where has(.longLived): manner.silence = .random(in: 40...120, using: &random)
    default: break
    }
    manner.isRepeated = has(.retransmissions) && random.chance(30)
  }

  /// Two pods that can talk with each other, by their places; nil where there are none.
  mutating func pair(_ client: Int, _ server: Int) -> (client: Int, server: Int)? {
    let pods = cluster.workloads[server].pods.indices
    guard let mine = cluster.workloads[client].pods.indices.randomElement(using: &random),
      let theirs = pods.filter({ client != server || $0 != mine }).randomElement(using: &random)
    else { return nil }
    return (mine, theirs)
  }

  /// The port of some Service in front of a workload's port; none of a headless one.
  func service(
    for server: Int, _ port: MadeWorld.Port
  ) -> (
    port: MadeWorld.ServicePort, addresses: [Address], balancer: Address?
  )? {
    let labels = cluster.workloads[server].pods[0].labels
    for service in cluster.services
    where service.namespace == cluster.workloads[server].namespace && !service.addresses.isEmpty
      && !service.selector.isEmpty && service.selector.allSatisfy({ labels[$0.key] == $0.value })
    {
      if let found = service.ports.first(where: { $0.leads(to: port) }) {
        return (found, service.addresses, service.balancers.first)
      }
    }
    return nil
  }

  /// A pod asks the cluster's DNS.
  mutating func ask(
    _ client: Party, for question: Question, at second: Int64? = nil, throughCache: Bool = true
  ) {
    if has(.unaskedDNS) { return }
    let dns = cluster.workloads[cluster.dns]
    guard let pod = dns.pods.indices.randomElement(using: &random), let port = dns.ports.first,
      let service = cluster.services.first(where: { $0.workload == cluster.dns })
    else { return }
    var server = party(cluster.dns, pod)
    var number = port.number
    if throughCache, let cache = cluster.nameCache, random.chance(50) {
      server = Party(spot: .node(client.spot.node), addresses: [cache], end: .outside(cache))
      number = 53
    }
    let isLong = has(.truncation) && random.chance(20)
    var manner = Manner(ending: isLong ? .truncated : .replied)
    if server.end.address == nil { manner.dialled = service.addresses.map { Socket($0, 53) } }
    manner.question = question
    manner.question?.isTruncated = isLong
    manner.at = second
    happen(client, server, number, .udp, manner, bin: "baseline", "dns")
    guard isLong else { return }
    manner.ending = .used
    manner.question?.isTruncated = false
    happen(client, server, number, .tcp, manner, bin: "baseline", "dns")
  }
}
