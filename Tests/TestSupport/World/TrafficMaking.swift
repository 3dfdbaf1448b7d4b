import Traffic

/// Chooses what happens in a world, and writes down what must be learned from it.
struct TrafficMaking {
  typealias Feature = MadeWorld.Feature
  let cluster: MadeWorld.Cluster
  let features: Set<Feature>
  var random: SeededRandom
  private(set) var talks: [Talk] = []
  /// What is needed and will go on.
  private(set) var lastingTalks: [Talk] = []
  /// What must become of it.
  private(set) var edges: [EdgeKey: ExpectedEdge] = [:]
  private var clientPorts: [Address: UInt16] = [:]
  /// The edges that have their bin already.
  private var claimed: Set<EdgeKey> = []
  /// How many doors each client found closed, by its place.
  var closedDoors: [Int: Int] = [:]

  /// Whether something is needed that no rule can say, so that nothing may be generated.
  var stops = false
  /// The edges that must be named when nothing is generated.
  private(set) var obstacles: Set<EdgeKey> = []

  /// What tells one edge from another.
  struct EdgeKey: Hashable {
    let client: ExpectedEdge.End
    let server: ExpectedEdge.End
    let port: UInt16
    let transport: Transport
  }

  /// One end of something that happens: where it stands, its addresses, and how edges call it.
  struct Party {
    let spot: Talk.Spot
    let addresses: [Address]
    let end: ExpectedEdge.End
    /// When it can talk, in seconds from the start.
    var from: Int64 = 10
    var until: Int64 = MadeWorld.length - 130
    /// Whether it will be there tomorrow.
    var isLasting = true
  }

  /// How something happens.
  struct Manner {
    var ending: Event.Ending = .used
    /// The Service's port or other address that is dialled; nil for the server itself.
    var dialled: [Socket] = []
    /// Seconds of silence in the middle.
    var silence: Int64 = 0
    /// Over how many seconds both sides talk, again and again.
    var span: Int64 = 0
    /// How often more the same datagram is sent from the same port, some seconds apart.
    var repetitions = 0
    /// How many conversations it counts as.
    var conversations = 1
    /// Whether the recording begins between question and answer.
    var isMissingQuestion = false
    var isRepeated = false
    /// Whether the opening is sent several times before it is answered.
    var isSlow = false
    /// The question that is asked of the cluster's DNS.
    var question: Question?
    /// The client's port, where another conversation had it.
    var clientPort: UInt16?
    /// When it happens, in seconds from the start.
    var at: Int64?
    /// The family it uses; nil for either.
    var isV4: Bool?
    /// Whether no machine puts its own address in the place of a guest's.
    var keepsAddress = false
    /// The machine that a guest is handed on by counts as well, as this end.
    var handing: ExpectedEdge.End?
  }

  /// What is asked of the cluster's DNS.
  struct Question {
    let name: String
    let answer: [Address]
    var isTruncated = false
  }

  init(_ cluster: MadeWorld.Cluster, _ features: Set<Feature>, _ random: SeededRandom) {
    self.cluster = cluster
    self.features = features
    self.random = random
  }

  func has(_ feature: Feature) -> Bool { features.contains(feature) }

  mutating func make() {
    makeNeeds()
    if has(.externals) { makeExternals(named: false) }
    if has(.publicNames) { makeExternals(named: true) }
    if has(.privateNames) { makePrivateName() }
    if has(.foreignNames) { makeForeignName() }
    if has(.guests) { makeGuests() }
    if has(.apiServer) { makeAPIServer() }
    if has(.monitoring) { makeScrapes() }
    if has(.probes) { makeProbes() }
    if has(.hostNetwork) {
      makeHostNetwork()
      makeMachineNeeds()
    }
    if has(.oneWay) { makeOneWay() }
    if has(.refusals) { makeRefusals() }
    if has(.reuse) || has(.laterInventory) { makeSuccession() }
    if has(.lookalikes) { makeLookalike() }
    if let brokers = place(of: "brokers") { happen(party(brokers, 0), party(brokers, 1), 9091) }
    if has(.vanished) || has(.vanishedAlone) || has(.steadyUnknowns) { makeGhost() }
    if has(.hairpins) { makeHairpin() }
    if has(.steadySockets) { makeSteadySocket() }
    if has(.openThroughout) { makeOpenThroughout() }
    if has(.pools) { makePools() }
    if has(.midExchanges) { makeMidExchange() }
    if has(.scans) || has(.dailyScans) { makeScan() }
  }
}

// Ends.
extension TrafficMaking {
  /// A pod as an end.
  func party(_ workload: Int, _ pod: Int) -> Party {
    let owner = cluster.workloads[workload]
    let chosen = owner.pods[pod]
    let name = owner.usesHostNetwork ? cluster.nodes[chosen.node].name : owner.title
    let spot: Talk.Spot =
      owner.usesHostNetwork ? .node(chosen.node) : .pod(node: chosen.node, interface: chosen.interface)
    var party = Party(
      spot: spot, addresses: chosen.addresses,
      end: .init(name: name, address: owner.usesHostNetwork ? chosen.addresses[0] : nil))
    // An address works before the object says so and after it: those seconds are nobody's for certain.
    party.from = max(party.from, Int64(chosen.from.seconds(since: MadeWorld.start)) + 1)
    if let until = chosen.until { party.until = Int64(until.seconds(since: MadeWorld.start)) - 40 }
    party.isLasting = chosen.until == nil && chosen.from < MadeWorld.start
    return party
  }

  /// A machine as an end, with one of its addresses.
  func machine(_ node: Int, at addresses: [Address]) -> Party {
    Party(
      spot: .node(node), addresses: addresses,
      end: .init(name: cluster.nodes[node].name, address: addresses[0]))
  }

  /// Somebody outside.
  func stranger(_ address: Address, by node: Int) -> Party {
    Party(
      spot: .outside(by: node), addresses: [address], end: .init(name: address.description, address: address))
  }

  /// The places of the workloads that somebody wrote for the cluster and that stay.
  var ordinary: [Int] {
    cluster.workloads.indices.filter {
      (ClusterMaking.namespaces + ["lab"]).contains(cluster.workloads[$0].namespace)
        && !["shell", "settle", "promo", "ghost", "original", "lookalike"].contains(
          cluster.workloads[$0].name)
    }
  }
}

// Talks and what they mean.
extension TrafficMaking {
  /// Takes an edge, so that only one thing happens on it; false where something does already.
  mutating func claim(_ client: Party, _ server: Party, _ port: UInt16, _ transport: Transport) -> Bool {
    claimed.insert(key(client, server, port, transport)).inserted
  }

  /// Why what a machine asks is needed.
  static func ownNetwork(_ machine: String) -> String { "from \(machine)'s own network" }

  func key(_ client: Party, _ server: Party, _ port: UInt16, _ transport: Transport) -> EdgeKey {
    EdgeKey(client: client.end, server: server.end, port: port, transport: transport)
  }

  /// Something happens once, and goes into a bin; nil where no recorder could see it.
  @discardableResult
  mutating func happen(
    _ client: Party, _ server: Party, _ port: UInt16, _ transport: Transport = .tcp,
    _ manner: Manner = Manner(),
    bin: String = "learned", _ reason: String? = nil, as end: ExpectedEdge.End? = nil
  ) -> Talk? {
    let isV4 = manner.isV4 ?? (server.addresses.count == 1 ? server.addresses[0].isV4 : random.chance(50))
    guard let mine = client.addresses.first(where: { $0.isV4 == isV4 }),
      let theirs = server.addresses.first(where: { $0.isV4 == isV4 })
    else {
      var other = manner
      other.isV4 = !isV4
      guard manner.isV4 == nil else { return nil }
      return happen(client, server, port, transport, other, bin: bin, reason, as: end)
    }
    let from = max(client.from, server.from)
    let until = max(from, min(client.until, server.until) - manner.silence)
    let second = manner.at ?? Int64.random(in: from...until, using: &random)
    let clientPort = manner.clientPort ?? nextPort(of: mine)
    var talk = Talk(
      // Machines' clocks differ by milliseconds; at the turn of an hour they would tell different ones.
      start: MadeWorld.start.advanced(bySeconds: second).later(
        .random(in: 10_000_000...900_000_000, using: &random)),
      client: client.spot, server: server.spot, own: Socket(mine, clientPort),
      dialled: manner.dialled.first { $0.address.isV4 == isV4 } ?? Socket(theirs, port),
      real: Socket(theirs, port), hiddenPort: 20_000 + UInt16(talks.count % 10_000),
      steps: steps(port, transport, manner), isWhole: manner.question != nil,
      conversations: manner.conversations)
    talk.keepsAddress = manner.keepsAddress
    talk.edges = manner.handing == nil ? 1 : 2
    // What no recorder could see is no part of what must be learned.
    guard talk.views(in: cluster).contains(where: { cluster.nodes[$0.node].isRecorded }) else {
      return nil
    }
    talks.append(talk)
    let goesOn = bin == "learned" || bin == "baseline" || has(.dailyScans) && reason == "scan"
    if client.isLasting, server.isLasting, goesOn { lastingTalks.append(talk) }
    let key = EdgeKey(client: end ?? client.end, server: server.end, port: port, transport: transport)
    var edge =
      edges[key]
      ?? ExpectedEdge(
        client: key.client, server: key.server, port: port, transport: transport, bin: bin, reason: reason)
    for _ in 0..<manner.conversations { edge.count(manner.ending.tier) }
    edges[key] = edge
    if let machine = manner.handing {
      let key = EdgeKey(client: machine, server: server.end, port: port, transport: transport)
      var edge =
        edges[key]
        ?? ExpectedEdge(
          client: machine, server: server.end, port: port, transport: transport, bin: "baseline",
          reason: Self.ownNetwork(machine.name))
      for _ in 0..<manner.conversations { edge.count(manner.ending.tier) }
      edges[key] = edge
    }
    return talk
  }

  /// The same, which must be named as what would be cut.
  mutating func stop(
    _ client: Party, _ server: Party, _ port: UInt16, _ manner: Manner, _ reason: String
  ) {
    let talk = happen(client, server, port, .tcp, manner, bin: "unattributed", reason)
    guard talk != nil else { return }
    obstacles.insert(key(client, server, port, .tcp))
    stops = true
  }

  mutating func nextPort(of address: Address) -> UInt16 {
    let next = clientPorts[address] ?? UInt16.random(in: 33_000...40_000, using: &random)
    clientPorts[address] = next + 1
    return next
  }
}

extension Instant {
  fileprivate func later(_ nanoseconds: Int64) -> Instant {
    Instant(nanoseconds: self.nanoseconds + nanoseconds)
  }
}
