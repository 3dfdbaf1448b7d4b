public import Traffic

/// What every address of the cluster stands for, beside the pods that hold some of them.
public struct Directory: Sendable {
  /// What an address that no pod holds stands for.
  public enum Entry: Hashable, Sendable {
    /// Services, by their places in the inventory.
    case services([Int])
    /// The API server.
    case apiServer
    /// A machine, by its name.
    case node(name: String)
    /// An address that only Services of another time had, by the place of the first of them.
    case serviceOfAnotherTime(Int)
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
  private let lives: [Life]
  private let doors: Set<Door>
  /// The Services that were changed, by their places: each with what it was before.
  private let changed: [Int: Service]
  /// The blocks that pods get their addresses from, as objects tell or let one derive.
  public let podBlocks: [Prefix]
  private let podRanges: Ranges
  private let serviceRanges: Ranges
  private let named: Ranges
  /// Which addresses are machines' own.
  public let machines: Machines
  /// Where the API server answers: its Service's addresses and the endpoints behind them, with their ports.
  public let apiServer: Set<Socket>
  /// The endpoints behind the API server's Service.
  public let apiServerEndpoints: [Socket]
  private let apiServerAddresses: Set<Address>

  private struct Door: Hashable {
    let service: Int
    let port: UInt16
    let transport: Transport
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
      for port in service.everyPort {
        doors.insert(Door(service: index, port: port.port, transport: port.transport))
      }
    }
    let endpoints = inventory.slices
      .filter { $0.meta.namespace == "default" && $0.service == "kubernetes" }
      .flatMap { slice in
        slice.addresses.flatMap { address in slice.ports.map { Socket(address, $0.number) } }
      }
    self.services = services
    // The way to the API server is older than all that is told of it.
    lives = inventory.services.map { $0.isAPIServer ? .always : Life($0.meta) }
    self.doors = doors
    changed = Dictionary(
      uniqueKeysWithValues: inventory.services.enumerated().lazy.filter { !$0.element.past.isEmpty }
        .map { ($0.offset, $0.element) })
    machines = Machines(inventory)
    podBlocks = inventory.podRanges
    podRanges = Ranges(podBlocks + inventory.sharedRanges)
    named = Ranges(inventory.outside)
    serviceRanges = Ranges(inventory.serviceRanges)
    apiServerEndpoints = Set(endpoints).sorted()
    apiServer = api.union(endpoints)
    apiServerAddresses = Set(apiServer.map(\.address))
  }

  /// What the address stands for when it is dialled on this port; as the end that asks, on port 0.
  ///
  /// A Service counts only while it was there; without a moment, any time does. Load balancers of small clusters lend
  /// a machine's own address to Services: there a Service is meant only on its own ports, and never as the end that
  /// asks. Of Services that share an address those are meant that offer the port; without a transport, over any.
  public func entry(
    for address: Address, port: UInt16, transport: Transport? = nil, at moment: Instant? = nil
  ) -> Entry {
    if apiServer.contains(Socket(address, port)) { return .apiServer }
    let known = services[address, default: []]
    let found = moment.map { moment in Life.present(known, at: moment) { lives[$0] } } ?? known
    if let name = machines.name(of: address, at: moment) {
      let lent = found.filter { offers($0, port, transport, at: moment) }
      return lent.isEmpty ? .node(name: name) : .services(lent)
    }
    if port == 0, apiServerAddresses.contains(address) { return .apiServer }
    if !found.isEmpty {
      let offering = found.count > 1 ? found.filter { offers($0, port, transport, at: moment) } : found
      return .services(offering.isEmpty ? found : offering)
    }
    if let other = known.first { return .serviceOfAnotherTime(other) }
    let end = Socket(address, port)
    if IdentityEndpoints.holds(end) || CloudResolvers.holds(end) { return .outside }
    if Self.metadata.contains(address) { return .metadata }
    // Somebody's word counts where nothing of the cluster is known to have the address.
    if named.holds(address) { return .outside }
    if podRanges.holds(address) { return .podRange }
    return serviceRanges.holds(address) ? .serviceRange : .outside
  }

  /// Whether a Service offered a port at a moment; without a moment, at any time.
  public func offers(_ service: Int, _ port: UInt16, _ transport: Transport?, at moment: Instant?) -> Bool {
    if let moment, let changed = changed[service] {
      return changed.meanings(at: moment).contains { meaning in
        meaning.ports.contains { $0.port == port && (transport == nil || $0.transport == transport) }
      }
    }
    return (transport.map { [$0] } ?? Transport.allCases).contains {
      doors.contains(Door(service: service, port: port, transport: $0))
    }
  }

  /// Whether the address is a machine's own.
  public func isMachine(_ address: Address) -> Bool { machines.name(of: address, at: nil) != nil }

  /// The well-known addresses that hand out a machine's identity and secrets (AWS, GCP, Azure, OpenStack; AWS by IPv6;
  /// Alibaba; ECS and EKS credentials; Oracle; Azure).
  public static let metadata = Set(
    [
      "169.254.169.254", "fd00:ec2::254", "100.100.100.200", "169.254.170.2", "169.254.170.23",
      "fd00:ec2::23",
      "192.0.0.192", "168.63.129.16",
    ].compactMap { Address($0) })
}
