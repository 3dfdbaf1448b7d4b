import Kubernetes
import TestSupport
import Traffic

/// Asks whether everything else is closed: what was tried and must not be, and what nobody ever tried.
///
/// Open by design, and nothing else: the cluster's DNS for every pod, public addresses for who asked for a public name,
/// and a door for every guest where one public guest was let in.
struct ClosedLaw {
  /// What is wrong, a line each; empty where everything is right.
  private(set) var faults: [String] = []
  /// How many questions were asked.
  private(set) var questions = 0
  private let asking: Asking
  private let needed: Set<Way>
  private let dns: (name: String, ports: Set<UInt16>)
  private let truth: [ExpectedEdge]

  /// A way that something may take.
  private struct Way: Hashable {
    let client: String
    let server: String
    let port: UInt16
    let transport: Transport

    init(_ client: String, _ server: String, _ port: UInt16, _ transport: Transport) {
      (self.client, self.server, self.port, self.transport) = (client, server, port, transport)
    }

    init(_ edge: ExpectedEdge) {
      self.init(edge.client.key, edge.server.key, edge.port, edge.transport)
    }
  }

  init(_ asking: Asking) {
    self.asking = asking
    truth = asking.world.truth
    needed = Set(truth.filter(\.isNeeded).map { Way($0) })
    dns = (asking.world.dns.workload.title, asking.world.dns.ports)
    for edge in truth where !edge.isNeeded && edge.bin != "out-of-scope" {
      ask(edge.client, edge.server, edge.port, edge.transport)
    }
    askBetweenPods()
    askOutside()
    if questions == 0 { faults.append("nothing was asked") }
  }

  private mutating func askBetweenPods() {
    let titles = asking.standings.keys.sorted()
    for server in titles {
      let declared = asking.world.workloads.filter { $0.title == server }.flatMap(\.ports)
      let ports = Set(declared.map(\.number) + [22, 53, 443, 5353, 8180, 65_535])
      for client in titles {
        for port in ports.sorted() {
          for transport in [Transport.tcp, .udp] {
            ask(.workload(client), .workload(server), port, transport)
          }
        }
      }
    }
  }

  private mutating func askOutside() {
    let seen = truth.flatMap { [$0.client.address, $0.server.address] }.compactMap(\.self)
    let addresses = Set(seen + asking.world.nodes.flatMap(\.addresses) + Self.strangers)
    let ports = Set(truth.filter { $0.server.address != nil }.map(\.port) + [443, 10_250])
    for workload in asking.standings.keys.sorted() {
      let pods = ExpectedEdge.End.workload(workload)
      let doors = Set(truth.filter { $0.server.key == workload && $0.isNeeded }.map(\.port) + [22])
      for address in addresses.sorted() {
        let outside = ExpectedEdge.End.outside(address)
        for port in ports.sorted() { ask(pods, outside, port, .tcp) }
        for port in doors.sorted() { ask(outside, pods, port, .tcp) }
      }
    }
  }

  private mutating func ask(
    _ client: ExpectedEdge.End, _ server: ExpectedEdge.End, _ port: UInt16, _ transport: Transport
  ) {
    let isMeant =
      needed.contains(Way(client.key, server.key, port, transport))
      || isOpenByDesign(client, server, port, transport)
    // A pod of today asks one of tomorrow, so that they are never one pod.
    guard let one = asking.standings(of: client).first, let other = asking.standings(of: server).last else {
      return
    }
    questions += 1
    let passes = asking.set.allows(from: one, to: other, port: port, transport: transport)
    guard passes != isMeant else { return }
    faults.append("\(passes ? "open" : "closed"): \(client.key) → \(server.key) \(port)/\(transport)")
  }

  private func isOpenByDesign(
    _ client: ExpectedEdge.End, _ server: ExpectedEdge.End, _ port: UInt16, _ transport: Transport
  ) -> Bool {
    if client.address == nil, server.key == dns.name, dns.ports.contains(port), transport != .sctp {
      return true
    }
    if let address = server.address {
      if client.address == nil, address == asking.world.nameCache, port == 53 { return true }
      return Self.isPublic(address)
        && truth.contains {
          $0.client == client && $0.reason == "public name" && $0.port == port && $0.transport == transport
            && $0.server.address?.isV4 == address.isV4
        }
    }
    guard let address = client.address, !asking.world.isPodAddress(address) else { return false }
    return truth.contains {
      guard let guest = $0.client.address else { return false }
      return $0.server == server && $0.reason == "ingress from outside" && $0.port == port
        && $0.transport == transport && Self.isPublic(guest) && guest.isV4 == address.isV4
    }
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
