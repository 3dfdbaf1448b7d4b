public import Traffic

/// What every address of the cluster stands for, beside the pods that hold some of them.
public struct Directory: Sendable {
  /// What an address that no pod holds stands for.
  public enum Entry: Hashable, Sendable {
    /// Services, by their places in the inventory.
    case services([Int])
    /// The API server.
    case apiServer
    /// A machine, by its place in the inventory.
    case node(Int)
    /// An address of a range that pods get theirs from.
    case podRange
    /// An address of the range that Services get theirs from.
    case serviceRange
    /// The service that tells a machine who it is.
    case metadata
    /// Nothing of this cluster.
    case outside
  }

  private let services: [Address: [Int]]
  private let doors: Set<Door>
  private let nodes: [Address: Int]
  private let podRanges: Ranges
  private let serviceRanges: Ranges
  /// Where the API server answers: its Service's addresses and the endpoints behind them, with their ports.
  public let apiServer: Set<Socket>
  /// The endpoints behind the API server's Service.
  public let apiServerEndpoints: [Socket]

  private struct Door: Hashable {
    let service: Int
    let port: UInt16
  }

  /// The directory of an inventory.
  public init(_ inventory: Inventory) {
    var services: [Address: [Int]] = [:]
    var doors: Set<Door> = []
    var api: Set<Socket> = []
    for (index, service) in inventory.services.enumerated() {
      if service.isAPIServer {
        for address in service.addresses {
          for port in service.ports { api.insert(Socket(address, port.port)) }
        }
      }
      for address in service.addresses { services[address, default: []].append(index) }
      for port in service.ports { doors.insert(Door(service: index, port: port.port)) }
    }
    var nodes: [Address: Int] = [:]
    for (index, node) in inventory.nodes.enumerated() {
      for address in node.addresses + node.derivedAddresses { nodes[address] = index }
    }
    let endpoints = inventory.slices
      .filter { $0.meta.namespace == "default" && $0.service == "kubernetes" }
      .flatMap { slice in
        slice.addresses.flatMap { address in slice.ports.map { Socket(address, $0.number) } }
      }
    self.services = services
    self.doors = doors
    self.nodes = nodes
    podRanges = Ranges(inventory.podRanges)
    serviceRanges = Ranges(inventory.serviceRanges)
    apiServerEndpoints = Set(endpoints).sorted()
    apiServer = api.union(endpoints)
  }

  /// What the address stands for when it is dialled on this port; as the end that asks, on port 0.
  ///
  /// Load balancers of small clusters lend a machine's own address to Services: there a Service is meant only on its
  /// own ports, and never as the end that asks.
  public func entry(for address: Address, port: UInt16) -> Entry {
    if apiServer.contains(Socket(address, port)) { return .apiServer }
    let found = services[address, default: []]
    if let node = nodes[address] {
      let lent = found.filter { doors.contains(Door(service: $0, port: port)) }
      return lent.isEmpty ? .node(node) : .services(lent)
    }
    if port == 0, apiServer.contains(where: { $0.address == address }) { return .apiServer }
    if !found.isEmpty { return .services(found) }
    if IdentityEndpoints.holds(Socket(address, port)) { return .outside }
    if Self.metadata.contains(address) { return .metadata }
    if podRanges.holds(address) { return .podRange }
    return serviceRanges.holds(address) ? .serviceRange : .outside
  }

  /// Whether the address is a machine's own.
  public func isMachine(_ address: Address) -> Bool { nodes[address] != nil }

  /// The well-known addresses that hand out a machine's identity and secrets (AWS, GCP, Azure, OpenStack; AWS by IPv6;
  /// Alibaba; ECS and EKS credentials; Oracle; Azure).
  public static let metadata = Set(
    [
      "169.254.169.254", "fd00:ec2::254", "100.100.100.200", "169.254.170.2", "169.254.170.23",
      "fd00:ec2::23",
      "192.0.0.192", "168.63.129.16",
    ].compactMap { Address($0) })
}
