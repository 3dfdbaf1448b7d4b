import Kubernetes
import Traffic

/// Every machine of the cluster, by the addresses that it asks the pods of others from.
///
/// A machine asks another's pod from its own address or from its bridge's or tunnel's, and from a public one only where it
/// has no other.
struct EveryMachine {
  private let addresses: Set<Address>
  /// The blocks that hold these addresses and nothing else, in order: each address for itself, but for a tunnel's and the
  /// bridge's next to it.
  let blocks: [Prefix]

  init(_ attribution: Attribution) {
    let nodes = attribution.inventory.nodes
    let present = nodes.filter { $0.meta.deleted == nil }
    let here = present.flatMap { node in
      node.addresses.filter { address in
        !PublicInternet.holds(address)
          || !node.addresses.contains { $0.isV4 == address.isV4 && !PublicInternet.holds($0) }
      } + node.derivedAddresses
    }
    let others = Set(nodes.flatMap { $0.addresses + $0.derivedAddresses }).subtracting(here)
    let addresses = attribution.directory.machines.addresses.filter { !others.contains($0) }
    let known = Set(addresses)
    let pairs = present.flatMap(\.podRanges)
      .compactMap { Prefix($0.base, length: $0.isV4 ? 31 : 127) }
      .filter { known.contains($0.base) && known.contains($0.last) }
    let paired = Set(pairs.flatMap { [$0.base, $0.last] })
    self.addresses = known
    blocks = Set(pairs + addresses.filter { !paired.contains($0) }.map { Prefix(only: $0) }).sorted()
  }

  /// Whether some machine asks from an address.
  func holds(_ address: Address) -> Bool { addresses.contains(address) }
}
