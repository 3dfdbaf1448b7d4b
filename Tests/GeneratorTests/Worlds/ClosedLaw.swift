import Kubernetes
import TestSupport
import Traffic

/// Asks whether everything else is closed: what was tried and must not be, and what nobody ever tried.
///
/// Open by design, and nothing else: the cluster's DNS for every pod, the DNS for every machine where machines cache names,
/// for the DNS the API server and servers for names of which none was seen, TCP beside UDP for who asks another server for
/// names, public addresses for who asked for a public name, a door for every guest where one public guest was let in, and
/// one for every machine where a machine may have handed a guest on.
struct ClosedLaw {
  /// What is wrong, a line each; empty where everything is right.
  private(set) var faults: [String] = []
  /// How many questions were asked.
  private(set) var questions = 0
  private let asking: Asking
  private let needed: Set<Way>
  private let truth: [ExpectedEdge]
  /// The ends outside that were asked for already.
  private var outside: [Address: Place] = [:]

  /// An end, and how policies see two looks of it: a pod of today asks one of tomorrow, so that they are never one pod.
  private struct Place {
    let end: ExpectedEdge.End
    let asking: Standing
    let asked: Standing
  }

  /// A way that something may take.
  private struct Way: Hashable {
    let client: ExpectedEdge.End
    let server: ExpectedEdge.End
    let port: UInt16
    let transport: Transport
  }

  init(_ asking: Asking) {
    self.asking = asking
    truth = asking.world.truth
    needed = Set(
      truth.filter(\.isNeeded).map {
        Way(client: $0.client.bare, server: $0.server.bare, port: $0.port, transport: $0.transport)
      })
    let pods = asking.standings.keys.sorted().compactMap { place(.workload($0)) }
    for edge in truth where !edge.isNeeded && edge.bin != "out-of-scope" {
      guard let client = place(edge.client), let server = place(edge.server) else { continue }
      ask(client, server, edge.port, edge.transport)
    }
    askBetween(pods)
    askOutside(pods)
    if questions == 0 { faults.append("nothing was asked") }
  }

  private mutating func place(_ end: ExpectedEdge.End) -> Place? {
    if let address = end.address, let known = outside[address] { return known }
    let standings = asking.standings(of: end)
    guard let first = standings.first, let last = standings.last else { return nil }
    let place = Place(end: end.bare, asking: first, asked: last)
    if let address = end.address { outside[address] = place }
    return place
  }

  private mutating func askBetween(_ pods: [Place]) {
    for server in pods {
      let declared = asking.world.workloads.filter { $0.title == server.end.name }.flatMap(\.ports)
      let ports = Set(declared.map(\.number) + [22, 53, 443, 5353, 8180, 65_535])
      for client in pods {
        for port in ports.sorted() {
          for transport in [Transport.tcp, .udp] { ask(client, server, port, transport) }
        }
      }
    }
  }

  private mutating func askOutside(_ pods: [Place]) {
    let seen = truth.flatMap { [$0.client.address, $0.server.address] }.compactMap(\.self)
    let addresses = Set(seen + asking.world.nodes.flatMap(\.addresses) + Self.strangers)
    let places = addresses.sorted().compactMap { place(.outside($0)) }
    let ports = Set(truth.filter { $0.server.address != nil }.map(\.port) + [443, 10_250]).sorted()
    for pod in pods {
      let doors = Set(truth.filter { $0.server == pod.end && $0.isNeeded }.map(\.port) + [22]).sorted()
      for place in places {
        for port in ports { ask(pod, place, port, .tcp) }
        for port in doors { ask(place, pod, port, .tcp) }
      }
    }
  }

  private mutating func ask(_ client: Place, _ server: Place, _ port: UInt16, _ transport: Transport) {
    questions += 1
    let isOpen = asking.set.allows(from: client.asking, to: server.asked, port: port, transport: transport)
    let isMeant =
      needed.contains(Way(client: client.end, server: server.end, port: port, transport: transport))
      || isOpenByDesign(client.end, server.end, port, transport)
    guard isOpen != isMeant else { return }
    faults.append("\(isOpen ? "open" : "closed"): \(client.end.key) → \(server.end.key) \(port)/\(transport)")
  }

  private func isOpenByDesign(
    _ client: ExpectedEdge.End, _ server: ExpectedEdge.End, _ port: UInt16, _ transport: Transport
  ) -> Bool {
    let dns = asking.world.dns
    if client.address == nil, server.name == dns.workload.title, dns.ports.contains(port), transport != .sctp
    {
      return true
    }
    if let address = server.address {
      if client.name == dns.workload.title, isOpenToNames(address, port, transport) { return true }
      if client.address == nil, address == asking.world.nameCache, port == 53 { return true }
      let datagram = Way(client: client, server: server, port: 53, transport: .udp)
      if port == 53, transport == .tcp, needed.contains(datagram) { return true }
      return Self.isPublic(address)
        && truth.contains {
          $0.client == client && $0.reason == "public name" && $0.port == port && $0.transport == transport
            && $0.server.address?.isV4 == address.isV4
        }
    }
    if let address = client.address, server.name == dns.workload.title, dns.ports.contains(port),
      transport != .sctp, asking.world.nameCache != nil, isOfNames(address),
      asking.world.nodes.contains(where: { $0.owns(address) })
    {
      return true
    }
    if let address = client.address, asking.isMachine(address),
      asking.handed.contains(
        .init(server: server.name, port: port, transport: transport, isV4: address.isV4))
    {
      return true
    }
    guard let address = client.address, !asking.world.isPodAddress(address) else { return false }
    return truth.contains {
      guard let guest = $0.client.address else { return false }
      return $0.server == server && $0.reason == "ingress from outside" && $0.port == port
        && $0.transport == transport && Self.isPublic(guest) && guest.isV4 == address.isV4
    }
  }

  /// Whether the cluster's DNS may ask there: it watches the API server, and asks anybody but pods for other names.
  private func isOpenToNames(_ address: Address, _ port: UInt16, _ transport: Transport) -> Bool {
    if transport == .tcp, asking.world.apiServer.contains(Socket(address, port)) { return true }
    return port == 53 && transport != .sctp && isOfNames(address) && !asking.world.isPodAddress(address)
  }

  /// Whether the cluster's DNS has addresses of the same family.
  private func isOfNames(_ address: Address) -> Bool {
    asking.world.dns.workload.pods.flatMap(\.addresses).contains { $0.isV4 == address.isV4 }
  }

  private static func isPublic(_ address: Address) -> Bool {
    !privateRanges.contains { $0?.contains(address) ?? false }
  }

  private static let privateRanges = [
    Prefix("10.0.0.0/8"), Prefix("172.16.0.0/12"), Prefix("192.168.0.0/16"), Prefix("169.254.0.0/16"),
    Prefix("fd00::/8"),
  ]

  /// Addresses that no world talks with.
  private static let strangers = [
    "203.0.113.77", "192.168.77.7", "10.0.0.99", "10.244.0.199", "169.254.169.254", "2001:db8::1",
  ].compactMap { Address($0) }
}
