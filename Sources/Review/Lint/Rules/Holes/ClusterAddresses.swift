import Kubernetes
import Traffic

/// The addresses of the cluster's own pods, Services and machines, with the names of who has them.
struct ClusterAddresses {
  private let pods: [(address: Address, name: String)]
  private let services: [(address: Address, name: String)]
  private let machines: [(address: Address, name: String)]

  init(_ inventory: Inventory) {
    // No selector picks the API server, and blocks of these addresses are how one opens the way to it.
    let door = inventory.services.first { $0.name == "default/kubernetes" }?.addresses ?? []
    let slices = inventory.slices.filter { $0.meta.namespace == "default" && $0.service == "kubernetes" }
    let apiServer = Set(door + slices.flatMap(\.addresses))
    pods = inventory.pods.indices.filter { !inventory.pods[$0].usesHostNetwork && !inventory.pods[$0].isOver }
      .flatMap { place in
        inventory.pods[place].addresses.map { ($0, inventory.workload(ofPod: place).description) }
      }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    // A cache of names on each machine answers at the address of the DNS Service too, before it is translated.
    services = inventory.services
      .filter { service in !service.ports.contains { $0.port == 53 && $0.transport == .udp } }
      .flatMap { service in service.clusterAddresses.map { ($0, service.name) } }
      .filter { !apiServer.contains($0.0) }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    machines = inventory.nodes.flatMap { node in node.addresses.map { ($0, node.meta.name) } }
      .filter { !apiServer.contains($0.0) }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
  }

  /// A pod whose address a block lets through.
  func pod(in peer: Peer) -> String? { Self.first(pods, in: peer) }

  /// A Service whose address a block lets through.
  func service(in peer: Peer) -> String? { Self.first(services, in: peer) }

  /// A machine whose address a block lets through.
  func machine(in peer: Peer) -> String? { Self.first(machines, in: peer) }

  private static func first(_ known: [(address: Address, name: String)], in peer: Peer) -> String? {
    guard case .block(let block, let except) = peer else { return nil }
    var (low, high) = (0, known.count)
    while low < high {
      let middle = (low + high) / 2
      if known[middle].address < block.base { low = middle + 1 } else { high = middle }
    }
    for (address, name) in known[low...] {
      guard block.contains(address) else { return nil }
      if !except.contains(where: { $0.contains(address) }) { return name }
    }
    return nil
  }
}

extension Peer {
  /// Whether it is a block so wide that it is about networks and not about what lives in them.
  var isBroadBlock: Bool {
    guard case .block(let block, _) = self else { return false }
    return Prefix.privateNetworks.contains { block.contains($0) }
      || block.length < (block.isV4 ? 8 : 16)
  }
}

extension Prefix {
  /// What organisations give out among themselves: RFC 1918, and RFC 4193 for IPv6.
  static let privateNetworks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]
    .compactMap { Prefix($0) }
}
