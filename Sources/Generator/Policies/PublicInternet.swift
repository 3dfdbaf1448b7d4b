import Kubernetes
import Traffic

/// What "the public internet" means for a cluster.
struct PublicInternet {
  private let strangers: [Networks.Block]
  private let all: [Networks.Block]
  private let translated: Networks.Block

  /// What it means where pods have their addresses from these blocks.
  init(_ inventory: Inventory, podBlocks: [Prefix]) {
    // A Service more in a block of its own kind moves no rule.
    let services =
      inventory.publicServiceRanges + inventory.services.flatMap(\.addresses).map { Prefix(only: $0) }
    let nodes = inventory.nodes.flatMap(\.addresses).map { Prefix(only: $0) }
    let metadata = Directory.metadata.map { Prefix(only: $0) }
    let pods = podBlocks + PodNetwork.blocks(inventory)
    let holes = Self.privateRanges.compactMap(\.self) + metadata + pods + services + nodes
    let everything = [Prefix(Address(v4: 0), length: 0), Prefix(Address(bits: 0), length: 0)]
      .compactMap(\.self)
    strangers = everything.map { Self.block($0, without: holes + [Self.translation]) }
    all = everything.map { Self.block($0, without: pods) }
    translated = Self.block(
      Self.translation, without: holes.filter(\.isV4).compactMap(Self.translated))
  }

  /// Whether an address belongs to nobody's private network; of a translated one, the address that it stands for.
  ///
  /// Documentation ranges count as public: nothing but an example lives there.
  static func holds(_ address: Address) -> Bool {
    if translation.contains(address) { return holds(Address(v4: UInt32(truncatingIfNeeded: address.bits))) }
    return !(privateRanges + [loopback4, loopback6]).contains { $0?.contains(address) ?? false }
  }

  /// Every public address of a family, but for what the cluster itself is known to use, and what gives secrets away; nil
  /// where that leaves out the one asked about.
  ///
  /// An address of IPv4 that stands in one of IPv6 is asked about among its like: the rest of IPv6 leads to none of those,
  /// private ones among them.
  func block(like address: Address) -> Peer? {
    let block = Self.translation.contains(address) ? translated : strangers[address.isV4 ? 0 : 1]
    return block.holds(address) ? block.peer : nil
  }

  /// Every address of a family that is no pod's, for guests who may come through a machine's own address; nil where that
  /// leaves out the one asked about.
  func guests(like address: Address) -> Peer? {
    let block = all[address.isV4 ? 0 : 1]
    return block.holds(address) ? block.peer : nil
  }

  /// Whether every address of a block is one that guests may come from.
  func mayBeGuests(_ block: Prefix) -> Bool { all[block.isV4 ? 0 : 1].holds(block) }

  /// Every address of a family that is no pod's.
  func everybody(isV4: Bool) -> Peer { all[isV4 ? 0 : 1].peer }

  private static func block(_ everything: Prefix, without holes: [Prefix]) -> Networks.Block {
    let inside = Set(holes).filter { everything.contains($0) && $0 != everything }.sorted()
    // Wider blocks come first, so whatever holds a block was the last that was kept.
    let widest = inside.reduce(into: [Prefix]()) { kept, hole in
      if kept.last?.contains(hole) != true { kept.append(hole) }
    }
    return Networks.Block(everything, except: widest)
  }

  /// A block of IPv4 as it stands in IPv6.
  private static func translated(_ block: Prefix) -> Prefix? {
    guard let bits = block.base.v4Bits else { return nil }
    return Prefix(Address(bits: translation.base.bits | UInt128(bits)), length: 96 + block.length)
  }

  /// The addresses of IPv6 that stand for those of IPv4, where something translates (RFC 6052 §2.1).
  private static let translation =
    Prefix("64:ff9b::/96") ?? Prefix(only: Address(bits: 0x64_FF9B << 96))
  private static let privateRanges = [
    Prefix("10.0.0.0/8"), Prefix("100.64.0.0/10"), Prefix("169.254.0.0/16"), Prefix("172.16.0.0/12"),
    Prefix("192.168.0.0/16"), Prefix("64:ff9b:1::/48"), Prefix("fc00::/7"), Prefix("fe80::/10"),
  ]
  private static let loopback4 = Prefix("127.0.0.0/8")
  private static let loopback6 = Prefix("::1/128")
}
