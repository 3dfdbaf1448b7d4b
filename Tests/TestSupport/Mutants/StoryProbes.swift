import Traffic

/// All that a story's policies are asked: everything needed, and everything near it that must stay closed.
///
/// Near are pods with all labels of a workload but one, with another value in one, with the same labels in another
/// namespace, and with none; other ports, those of Services, and the next ones; the other protocol; addresses beside those
/// that were dialled, of machines, Services and clouds.
public struct StoryProbes {
  /// The questions, what is needed first.
  public private(set) var probes: [Probe] = []
  private let cluster: StoryCluster
  private let expectation: StoryExpectation
  private let governed: Set<String>
  /// Everybody who has an identity that policies see.
  private var pods: [NaiveEnd] = []
  /// Everybody who only could be there.
  private var neighbours: [NaiveEnd] = []
  private var places: [NaiveEnd] = []
  private var doors: [String: Set<Int>] = [:]
  private var outsidePorts: Set<Int> = [53, 443]
  private var portsByName: [String: [Int]] = [:]

  /// The questions about the policies of some namespaces.
  public init(_ edges: [ExpectedEdge], in cluster: StoryCluster, governing namespaces: [String]) {
    self.cluster = cluster
    governed = Set(namespaces)
    expectation = StoryExpectation(edges, cluster)
    pods = cluster.workloads.flatMap(\.pods)
    findNeighbours()
    findPlaces(edges)
    findDoors(edges)
    for pod in pods where governed.contains(pod.namespace ?? "") {
      for other in pods + neighbours + places { ask(pod, other) }
    }
    for neighbour in neighbours where governed.contains(neighbour.namespace ?? "") {
      for other in pods + places { ask(neighbour, other) }
    }
    probes = probes.filter(\.isNeeded) + probes.filter { !$0.isNeeded }
  }

  private mutating func findNeighbours() {
    let all = governed.union(cluster.workloads.map(\.namespace)).union(["elsewhere"]).sorted()
    for namespace in all { add([:], in: namespace, "nobody's pod") }
    for workload in cluster.workloads {
      for (key, value) in workload.selector.sorted(by: { $0.key < $1.key }) {
        var labels = workload.labels
        labels[key] = nil
        add(labels, in: workload.namespace, "\(workload.title) without \(key)")
        labels[key] = value + "-2"
        add(labels, in: workload.namespace, "\(workload.title) with another \(key)")
      }
      for namespace in all where namespace != workload.namespace {
        add(workload.labels, in: namespace, "\(workload.title)'s labels in \(namespace)")
      }
    }
  }

  private mutating func add(_ labels: [String: String], in namespace: String, _ words: String) {
    var end = NaiveEnd(address: "")
    end.name = words
    end.namespace = namespace
    end.labels = labels
    // The last address of each machine's range: nobody's.
    end.addresses = cluster.podRanges.prefix(2).map(\.last.description)
    neighbours.append(end)
  }

  private mutating func findPlaces(_ edges: [ExpectedEdge]) {
    let seen = edges.flatMap { [$0.client.address, $0.server.address].compactMap(\.self) }
    let services = (cluster.serviceAddresses + cluster.apiServer.map(\.address)).compactMap { Address($0) }
    let known =
      seen + services + cluster.machines.values.joined()
      + cluster.podRanges.flatMap { [$0.base, Address(bits: $0.base.bits + 2), $0.last] }
    let beside = (seen + services).map { Address(bits: $0.bits ^ 1) }
    let all = Set(known + beside + Self.strangers)
    places = all.sorted().map { NaiveEnd(address: $0.description) }
  }

  /// Private, shared, link-local, a cloud's own, and somebody's.
  private static let strangers = [
    "10.0.0.0", "10.99.99.99", "100.64.0.0", "168.63.129.16", "169.254.0.0", "169.254.169.254", "172.16.0.0",
    "192.0.0.192", "192.168.0.0", "192.168.7.7", "203.0.113.77", "198.51.100.77", "fc00::", "fd00:ec2::254",
    "fe80::",
    "2001:db8:77::77", "64:ff9b::a00:1", "64:ff9b:1::a00:1",
  ].compactMap { Address($0) }

  private mutating func findDoors(_ edges: [ExpectedEdge]) {
    for workload in cluster.workloads {
      for number in workload.pods.flatMap(\.ports).map(\.number) {
        doors[workload.title, default: []].insert(number)
      }
    }
    for edge in edges {
      if edge.server.address == nil {
        doors[edge.server.name, default: []].insert(Int(edge.port))
      } else {
        outsidePorts.insert(Int(edge.port))
      }
    }
    outsidePorts.formUnion(cluster.apiServer.map(\.port))
    for (title, numbers) in doors {
      let translated = cluster.servicePorts.filter { numbers.contains($0.target) }.map(\.port)
      doors[title] = Set(numbers.flatMap { [$0, $0 + 1] } + translated + [22, 53])
    }
  }

  private mutating func ports(of end: NaiveEnd) -> [Int] {
    if let known = portsByName[end.name] { return known }
    let ports = findPorts(of: end)
    portsByName[end.name] = ports
    return ports
  }

  private func findPorts(of end: NaiveEnd) -> [Int] {
    guard end.isPod else { return outsidePorts.sorted() }
    let own = cluster.workloads.filter { $0.owns(end) }.compactMap { doors[$0.title] }
    // A neighbour is asked at the doors of those whom it resembles.
    let near = cluster.workloads.filter { end.name.hasPrefix($0.title) }.compactMap { doors[$0.title] }
    return (own + near).reduce(into: Set([22, 53])) { $0.formUnion($1) }.sorted()
  }

  private mutating func ask(_ pod: NaiveEnd, _ other: NaiveEnd) {
    guard pod.name != other.name else { return }
    for (client, server, side) in [(pod, other, "Egress"), (other, pod, "Ingress")] {
      for port in ports(of: server) {
        for transport in ["TCP", "UDP"] { ask(side, client, server, port, transport) }
      }
    }
  }

  private mutating func ask(
    _ side: String, _ client: NaiveEnd, _ server: NaiveEnd, _ port: Int, _ transport: String
  ) {
    guard let isNeeded = expectation.answer(side, client, server, port, transport) else { return }
    probes.append(
      Probe(side: side, client: client, server: server, port: port, transport: transport, isNeeded: isNeeded))
  }
}
