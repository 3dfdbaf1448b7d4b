import Kubernetes
import Traffic

/// What "the public internet" means for a cluster.
struct PublicInternet {
  private let strangers: [Peer]
  private let everybody: [Peer]

  init(_ inventory: Inventory) {
    let services = inventory.services.flatMap(\.addresses).map { Prefix(only: $0) }
    let nodes = inventory.nodes.flatMap(\.addresses).map { Prefix(only: $0) }
    let metadata = Directory.metadata.map { Prefix(only: $0) }
    let pods = inventory.podRanges
    let own = pods + services + nodes
    let holes = Self.privateRanges.compactMap(\.self) + metadata + own
    strangers = [true, false].map { Self.block(isV4: $0, without: holes) }
    everybody = [true, false].map { Self.block(isV4: $0, without: pods) }
  }

  /// Whether an address belongs to nobody's private network.
  ///
  /// Documentation ranges count as public: nothing but an example lives there.
  static func holds(_ address: Address) -> Bool {
    !(privateRanges + [loopback4, loopback6]).contains { $0?.contains(address) ?? false }
  }

  /// Every public address of a family, but for what the cluster itself is known to use, and what gives secrets away.
  func block(like address: Address) -> Peer { strangers[address.isV4 ? 0 : 1] }

  /// Every address of a family that is no pod's, for guests who may come through a machine's own address.
  func guests(like address: Address) -> Peer { everybody[address.isV4 ? 0 : 1] }

  private static func block(isV4: Bool, without holes: [Prefix]) -> Peer {
    let everything =
      Prefix(isV4 ? Address(v4: 0) : Address(bits: 0), length: 0) ?? Prefix(only: Address(v4: 0))
    let inside = Set(holes).filter { everything.contains($0) && $0 != everything }.sorted()
    // Wider blocks come first, so whatever holds a block was the last that was kept.
    let widest = inside.reduce(into: [Prefix]()) { kept, hole in
      if kept.last?.contains(hole) != true { kept.append(hole) }
    }
    return .block(everything, except: widest)
  }

  private static let privateRanges = [
    Prefix("10.0.0.0/8"), Prefix("100.64.0.0/10"), Prefix("169.254.0.0/16"), Prefix("172.16.0.0/12"),
    Prefix("192.168.0.0/16"), Prefix("fc00::/7"), Prefix("fe80::/10"),
  ]
  private static let loopback4 = Prefix("127.0.0.0/8")
  private static let loopback6 = Prefix("::1/128")
}
