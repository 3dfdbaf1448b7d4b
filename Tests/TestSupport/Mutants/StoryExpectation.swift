import Traffic

/// What the truth of a story says of any connection: whether a side has to let it through, or to stop it.
struct StoryExpectation {
  private struct Way: Hashable {
    let client: String
    let server: String
    let port: Int
    let transport: String
  }

  private struct Opening: Hashable {
    let who: String
    let port: Int
    let transport: String
    let isV4: Bool
  }

  private let cluster: StoryCluster
  private let needed: Set<Way>
  /// What a machine asks of pods of its own, which no policy rules.
  private let own: Set<Way>
  /// Where names are answered, with the port.
  private let naming: Set<Way>
  private let caches: Set<String>
  /// Whom public names let out.
  private let outward: Set<Opening>
  /// Whom guests may ask.
  private let inward: Set<Opening>

  init(_ edges: [ExpectedEdge], _ cluster: StoryCluster) {
    self.cluster = cluster
    var (needed, own): (Set<Way>, Set<Way>) = ([], [])
    var caches: Set<String> = []
    var (outward, inward): (Set<Opening>, Set<Opening>) = ([], [])
    for edge in edges {
      let way = Way(
        client: edge.client.address?.description ?? edge.client.name,
        server: edge.server.address?.description ?? edge.server.name, port: Int(edge.port),
        transport: edge.transport.name)
      if let address = edge.client.address, edge.client.name == "node",
        Self.isHome(address, of: edge.server.name, cluster)
      {
        own.formUnion(
          ["TCP", "UDP"].map { Way(client: way.client, server: way.server, port: way.port, transport: $0) })
        continue
      }
      guard ["learned", "baseline"].contains(edge.bin) else { continue }
      needed.insert(way)
      // The other protocol goes with names by design, whoever was seen to ask.
      if edge.reason == "dns" {
        needed.insert(Way(client: way.client, server: way.server, port: way.port, transport: "TCP"))
        needed.insert(Way(client: way.client, server: way.server, port: way.port, transport: "UDP"))
        if let address = edge.server.address { caches.insert(address.description) }
      }
      // Whoever else is asked for names is asked again over TCP for what did not fit in a datagram.
      if edge.port == 53, way.transport == "UDP", edge.server.address != nil {
        needed.insert(Way(client: way.client, server: way.server, port: way.port, transport: "TCP"))
      }
      if let address = edge.server.address, edge.reason == "public name" {
        outward.insert(
          Opening(who: way.client, port: way.port, transport: way.transport, isV4: address.isV4))
      }
      if let address = edge.client.address, edge.reason == "ingress from outside" {
        inward.insert(Opening(who: way.server, port: way.port, transport: way.transport, isV4: address.isV4))
      }
    }
    // A cache may answer at the Service's address as well.
    if !caches.isEmpty { caches.formUnion(cluster.dnsAddresses) }
    naming = Set(cluster.naming.map { Way(client: "", server: $0.title, port: $0.port, transport: "") })
    (self.needed, self.own) = (needed, own)
    (self.caches, self.outward, self.inward) = (caches, outward, inward)
  }

  private static func isHome(_ address: Address, of server: String, _ cluster: StoryCluster) -> Bool {
    // The gateway of a machine's pods is the machine's too.
    let names = cluster.machines.filter { $0.value.contains(address) }.map(\.key)
    return names.isEmpty || cluster.homes[server]?.allSatisfy(names.contains) ?? false
  }

  /// Whether a side has to let this through; nil where it does not matter.
  func answer(_ side: String, _ client: NaiveEnd, _ server: NaiveEnd, _ port: Int, _ transport: String)
    -> Bool?
  {
    guard let asks = name(client), let asked = name(server) else { return nil }
    let way = Way(client: asks, server: asked, port: port, transport: transport)
    if own.contains(way) { return nil }
    if needed.contains(way) { return true }
    if side == "Egress" { return isOpenOutward(client, asks, server, asked, port, transport) }
    return isOpenInward(client, server, asked, port, transport)
  }

  private func isOpenOutward(
    _ client: NaiveEnd, _ asks: String, _ server: NaiveEnd, _ asked: String, _ port: Int, _ transport: String
  ) -> Bool {
    if isNaming(asked, port) { return true }
    guard let address = Address(asked), !server.isPod else { return false }
    if cluster.naming.contains(where: { $0.title == asks }), isOpenToNames(address, port, transport) {
      return true
    }
    if caches.contains(asked), port == 53 { return true }
    let isPublic =
      !Self.closed.contains { $0?.contains(address) ?? false } && !cluster.isPodAddress(address)
      && !cluster.outsideAddresses.contains(asked)
    return isPublic
      && outward.contains(Opening(who: asks, port: port, transport: transport, isV4: address.isV4))
  }

  /// Whether who answers for names may ask there: the API server, which it watches, and any server for other names, of
  /// which none was seen.
  private func isOpenToNames(_ address: Address, _ port: Int, _ transport: String) -> Bool {
    if transport == "TCP",
      cluster.apiServer.contains(where: { Address($0.address) == address && $0.port == port })
    {
      return true
    }
    let isOfFamily = cluster.dnsAddresses.contains { Address($0)?.isV4 == address.isV4 }
    return port == 53 && isOfFamily && !cluster.isPodAddress(address)
  }

  private func isOpenInward(
    _ client: NaiveEnd, _ server: NaiveEnd, _ asked: String, _ port: Int, _ transport: String
  ) -> Bool {
    if isNaming(asked, port), client.isPod { return true }
    if isNaming(asked, port), !caches.isEmpty, let address = client.addresses.first.flatMap({ Address($0) }),
      cluster.isMachine(address)
    {
      return true
    }
    guard !client.isPod, let address = client.addresses.first.flatMap({ Address($0) }),
      !cluster.isPodAddress(address)
    else { return false }
    return inward.contains(Opening(who: asked, port: port, transport: transport, isV4: address.isV4))
  }

  private func isNaming(_ asked: String, _ port: Int) -> Bool {
    naming.contains(Way(client: "", server: asked, port: port, transport: ""))
  }

  /// What the truth calls an end; nil where two workloads claim it.
  private func name(_ end: NaiveEnd) -> String? {
    guard end.isPod else { return end.addresses.first }
    let owners = cluster.workloads.filter { $0.owns(end) }
    return owners.count > 1 ? nil : owners.first?.title ?? "nobody's pod in \(end.namespace ?? "")"
  }

  /// What is never public (RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291), what stands for addresses of IPv4
  /// (RFC 6052, RFC 8215), and the clouds' own addresses.
  private static let closed = [
    "10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7",
    "fe80::/10",
    "168.63.129.16/32", "192.0.0.192/32", "64:ff9b::/96", "64:ff9b:1::/48",
  ].map { Prefix($0) }
}
