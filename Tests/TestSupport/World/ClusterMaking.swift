import Traffic

/// Chooses what stands still in a world.
struct ClusterMaking {
  typealias Feature = MadeWorld.Feature
  let features: Set<Feature>
  var random: SeededRandom
  private(set) var nodes: [MadeWorld.Node] = []
  var workloads: [MadeWorld.Workload] = []
  private var services: [MadeWorld.Service] = []
  /// How many pods each machine has had.
  private var podCounts: [Int] = []
  private var serviceCount: UInt32 = 20

  init(_ features: Set<Feature>, _ random: SeededRandom) {
    self.features = features
    self.random = random
  }

  mutating func cluster() -> MadeWorld.Cluster {
    makeNodes()
    let dns = addDNS()
    // Never the first, where the API server is, and not all of the others.
    if has(.unrecorded) || has(.hiddenFromOthers) { nodes[nodes.count - 1].isRecorded = nodes.count < 3 }
    for name in Self.names.shuffled(using: &random).prefix(Int.random(in: 3...7, using: &random)) {
      addWorkload(called: name)
    }
    if has(.sameNames) { addNamesake() }
    if has(.sameLabels) { addNeighbour() }
    if has(.lookalikes) { addLookalike() }
    if has(.strangersAmongThemselves) { addBrokers() }
    if has(.sharedServices) { addTwins() }
    if has(.monitoring) { addMonitoring() }
    if has(.nameCaches) { addNameCaches() }
    if has(.scans) || has(.dailyScans) { addScanner() }
    if has(.reuse) || has(.laterInventory) { addSuccession() }
    if has(.vanished) || has(.vanishedAlone) || has(.steadyUnknowns) { addGhost() }
    if has(.apiServer) {
      let port = MadeWorld.ServicePort(name: "https", number: 443, transport: .tcp, target: "6443")
      services.append(
        MadeWorld.Service(
          namespace: "default", name: "kubernetes", addresses: [Self.serviceAddress(1)], selector: [:],
          ports: [port], workload: nil))
    }
    return MadeWorld.Cluster(
      nodes: nodes, workloads: workloads, services: services,
      carrier: has(.overlays) && !has(.derivedRanges)
        ? [.vxlan, .vxlanWithGroup, .geneve].randomElement(using: &random) : nil,
      hidesPods: hidesPods, hidesPodsBehindServices: hidesPodsBehindServices,
      listsReplicaSets: random.chance(50), hidesGuests: has(.hiddenGuests), dns: dns,
      nameCache: has(.nameCaches) ? Address("169.254.20.10") : nil)
  }

  func has(_ feature: Feature) -> Bool { features.contains(feature) }

  /// Recordings that are read apart can't know whom a machine hides.
  private var isReadApart: Bool { has(.recordedApart) || has(.unrecorded) }

  private var hidesPods: Bool { has(isReadApart ? .hiddenFromOthers : .hiddenPods) }

  private var hidesPodsBehindServices: Bool {
    has(.hiddenBehindServices) && (!isReadApart || has(.hiddenFromOthers))
  }

  private static let names = [
    "api", "web", "db", "cart", "mail", "auth", "feed", "queue", "stock", "pay", "geo", "search",
  ]
  static let namespaces = ["shop", "web", "data"]

  static func serviceAddress(_ number: UInt32) -> Address { Address(v4: 0x0A60_0000 + number) }
}

// Machines and addresses.
extension ClusterMaking {
  private mutating func makeNodes() {
    for place in 0..<Int.random(in: 2...4, using: &random) {
      var addresses = [Address(v4: 0x0A00_000B + UInt32(place))]
      var ranges = [Prefix(Address(v4: 0x0AF4_0000 + UInt32(place) << 8), length: 24)]
      if has(.dualStack) {
        addresses.append(Address(bits: 0xFD00_0000_0000_0001 << 64 | UInt128(11 + place)))
        ranges.append(Prefix(Address(bits: Self.podBase6(place)), length: 64))
      }
      nodes.append(
        MadeWorld.Node(
          name: "node-\(place)", addresses: addresses, podRanges: ranges.compactMap(\.self),
          tellsRanges: !has(.derivedRanges), hasBridge: !has(.derivedRanges) && random.chance(60),
          showsTunnel: random.chance(50),
          skew: Int64.random(in: -3_000_000...3_000_000, using: &random)))
      podCounts.append(0)
    }
  }

  private static func podBase6(_ place: Int) -> UInt128 { (0xFD00_0010_0244_0000 + UInt128(place)) << 64 }

  /// The place of some machine.
  mutating func anyNode() -> Int { Int.random(in: nodes.indices, using: &random) }

  /// The place of the machine that has the fewest pods.
  var loneliestNode: Int { nodes.indices.min { podCounts[$0] < podCounts[$1] } ?? 0 }

  /// The next interface of a machine, and the addresses that go with it.
  mutating func nextPlace(on node: Int) -> (interface: UInt32, addresses: [Address]) {
    podCounts[node] += 1
    let number = UInt32(podCounts[node] + 9)
    var addresses = [Address(v4: 0x0AF4_0000 + UInt32(node) << 8 + number)]
    if has(.dualStack) { addresses.append(Address(bits: Self.podBase6(node) + UInt128(number))) }
    return (number, addresses)
  }
}

// Services.
extension ClusterMaking {
  /// A Service in front of a workload, with a port for each of the workload's.
  mutating func addService(
    for place: Int, called name: String? = nil, address: Address? = nil, isHeadless: Bool = false,
    balancer: Address? = nil, selector: [String: String]? = nil, keepsGuests: Bool = false,
    ports: [MadeWorld.ServicePort]
  ) {
    let workload = workloads[place]
    serviceCount += 1
    var addresses = [address ?? Self.serviceAddress(serviceCount)]
    if has(.dualStack) {
      addresses.append(Address(bits: 0xFD00_0010_0096_0000 << 64 | UInt128(serviceCount)))
    }
    services.append(
      MadeWorld.Service(
        namespace: workload.namespace, name: name ?? workload.name,
        addresses: isHeadless ? [] : addresses, balancers: [balancer].compactMap(\.self),
        selector: selector ?? workload.selector ?? workload.template, ports: ports, workload: place,
        keepsGuests: keepsGuests))
  }

  /// A port in front of a pod's port.
  mutating func servicePort(
    for port: MadeWorld.Port, number: UInt16, nodePort: UInt16? = nil
  ) -> MadeWorld.ServicePort {
    let byName = has(.namedTargets) && port.name != nil && random.chance(60)
    return MadeWorld.ServicePort(
      name: port.name ?? "p\(port.number)", number: number, transport: port.transport,
      target: byName ? "\"\(port.name ?? "")\"" : "\(port.number)", nodePort: nodePort)
  }
}
