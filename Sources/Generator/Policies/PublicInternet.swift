import Kubernetes
import Traffic

/// What "the public internet" means for a cluster.
struct PublicInternet {
  private let inventory: Inventory

  init(_ inventory: Inventory) {
    self.inventory = inventory
  }

  /// Whether an address belongs to nobody's private network.
  ///
  /// Documentation ranges count as public: nothing but an example lives there.
  static func holds(_ address: Address) -> Bool {
    !(privateRanges + [loopback4, loopback6]).contains { $0?.contains(address) ?? false }
  }

  /// Every public address of a family, but for what the cluster itself is known to use.
  func block(like address: Address) -> Peer {
    block(like: address, without: Self.privateRanges.compactMap(\.self) + own)
  }

  /// Every address of a family that is no pod's, for guests who may come through a machine's own address.
  func guests(like address: Address) -> Peer {
    block(like: address, without: inventory.podRanges)
  }

  private func block(like address: Address, without holes: [Prefix]) -> Peer {
    let everything =
      Prefix(address.isV4 ? Address(v4: 0) : Address(bits: 0), length: 0) ?? Prefix(only: address)
    let inside = Set(holes).filter { everything.contains($0) && $0 != everything }
    let widest = inside.filter { hole in !inside.contains { $0 != hole && $0.contains(hole) } }
    return .block(everything, except: widest.sorted())
  }

  /// Pod ranges, Services and machines with public addresses.
  private var own: [Prefix] {
    let services = inventory.services.flatMap(\.addresses).map { Prefix(only: $0) }
    let nodes = inventory.nodes.flatMap(\.addresses).map { Prefix(only: $0) }
    return inventory.podRanges + services + nodes
  }

  private static let privateRanges = [
    Prefix("10.0.0.0/8"), Prefix("100.64.0.0/10"), Prefix("169.254.0.0/16"), Prefix("172.16.0.0/12"),
    Prefix("192.168.0.0/16"), Prefix("fc00::/7"), Prefix("fe80::/10"),
  ]
  private static let loopback4 = Prefix("127.0.0.0/8")
  private static let loopback6 = Prefix("::1/128")
}
