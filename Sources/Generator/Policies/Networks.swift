public import Kubernetes
public import Traffic

/// Networks outside the cluster that people gave names: what a provider publishes, an office, a data centre.
///
/// An address in one of them stands for all of it.
public struct Networks: Hashable, Sendable {
  /// Blocks of addresses that belong together.
  public struct Network: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The blocks.
    public let blocks: [Block]

    /// A network of these blocks.
    public init(name: String, blocks: [Block]) {
      self.name = name
      self.blocks = blocks
    }
  }

  /// A block of addresses, but for those cut out of it.
  public struct Block: Hashable, Sendable {
    /// The block.
    public let prefix: Prefix
    /// What is cut out.
    public let except: [Prefix]

    /// This block without these.
    public init(_ prefix: Prefix, except: [Prefix] = []) {
      self.prefix = prefix
      self.except = except
    }

    var peer: Peer { .block(prefix, except: except) }

    func holds(_ address: Address) -> Bool {
      prefix.contains(address) && !except.contains { $0.contains(address) }
    }

    /// Whether all addresses of a range are in it.
    func holds(_ range: Prefix) -> Bool {
      prefix.contains(range) && !except.contains { $0.contains(range) || range.contains($0) }
    }

    /// Whether any address of a range is in it.
    func touches(_ range: Prefix) -> Bool {
      if range.contains(prefix) { return true }
      return prefix.contains(range) && !except.contains { $0.contains(range) }
    }
  }

  /// The networks, in the order given.
  public let all: [Network]

  /// These networks.
  public init(_ all: [Network] = []) {
    self.all = all
  }
}

// What they can tell.
extension Networks {
  /// The network that an address lies in: of several the one with the smallest block around it.
  func network(of address: Address) -> Network? {
    let found = all.compactMap { network -> (network: Network, length: Int)? in
      network.blocks.filter { $0.holds(address) }.map(\.prefix.length).max().map { (network, $0) }
    }
    return found.max { one, other in
      one.length == other.length ? one.network.name > other.network.name : one.length < other.length
    }?.network
  }

  /// Addresses of the cluster itself that stand in a network, each with what they are: a rule for it would be one for
  /// pods, machines or what gives secrets away, too.
  public func conflicts(with inventory: Inventory) -> [Conflict] {
    let own: [(String, [Prefix])] = [
      ("pods", inventory.podRanges),
      (
        "Services",
        inventory.serviceRanges + inventory.services.flatMap(\.clusterAddresses).map { Prefix(only: $0) }
      ),
      ("machines", inventory.nodes.flatMap(\.addresses).map { Prefix(only: $0) }),
      ("metadata", Directory.metadata.sorted().map { Prefix(only: $0) }),
    ]
    return all.flatMap { network in
      network.blocks.flatMap { block in
        own.compactMap { kind, ranges in
          ranges.sorted().first(where: block.touches).map {
            Conflict(network: network.name, block: block.prefix, kind: kind, range: $0)
          }
        }
      }
    }
  }

  /// A block that holds addresses of the cluster itself.
  public struct Conflict: Hashable, Sendable {
    /// The network.
    public let network: String
    /// Its block.
    public let block: Prefix
    /// Whose addresses it holds.
    public let kind: String
    /// The first range of them.
    public let range: Prefix
  }
}
