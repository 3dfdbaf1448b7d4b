import Kubernetes
import Traffic

/// Every machine that the cluster has now, by the addresses that it asks the pods of others from.
///
/// A machine asks another's pod from its own address or from its bridge's or tunnel's, and from a public one only where it
/// has no other. What a machine had before, or one had that has gone, is anybody's by now.
struct EveryMachine {
  private let addresses: Set<Address>
  /// Every address that they have now, whether or not others are asked from it.
  private let everyAddress: Set<Address>
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
    // A machine that nobody listed is known by the pods in its network.
    let listed = Set(nodes.filter { $0.meta.deleted != nil || !$0.addresses.isEmpty }.map(\.meta.name))
    let unlisted = attribution.inventory.pods.filter { pod in
      pod.usesHostNetwork && !pod.isGone && pod.nodeName.map { !listed.contains($0) } ?? false
    }.flatMap(\.addresses)
    let machines = attribution.directory.machines
    let now = Set(here + unlisted)
    let addresses = machines.addresses.filter(now.contains)
    let known = Set(addresses)
    let own = present.flatMap { $0.addresses + $0.derivedAddresses } + unlisted
    everyAddress = Set(own.filter { machines.name(of: $0, at: .distantFuture) != nil })
    let pairs = present.flatMap(\.podRanges)
      .compactMap { Prefix($0.base, length: $0.isV4 ? 31 : 127) }
      .filter { known.contains($0.base) && known.contains($0.last) }
    let paired = Set(pairs.flatMap { [$0.base, $0.last] })
    self.addresses = known
    blocks = Set(pairs + addresses.filter { !paired.contains($0) }.map { Prefix(only: $0) }).sorted()
  }

  /// Where machines ask from, in order.
  var askers: [Address] { addresses.sorted() }

  /// Whether some machine asks from an address.
  func holds(_ address: Address) -> Bool { addresses.contains(address) }

  /// Whether a machine had an address that none has now.
  func isFormer(_ end: End) -> Bool {
    guard case .node(_, let address) = end else { return false }
    return !everyAddress.contains(address)
  }

  /// That machines needed something at addresses that no machine has now.
  func concerns(_ edges: [Edge], isExempt: (Edge) -> Bool) -> [Concern] {
    let words = edges.filter { edge in
      edge.bin.isNeeded && [edge.client, edge.server].contains(where: isFormer) && !isExempt(edge)
    }.map { edge in
      let ends = [edge.client, edge.server].map { end in
        if case .node(_, let address) = end { "\(end) (\(address))" } else { "\(end)" }
      }
      return "\(ends[0]) → \(ends[1]) \(edge.port)/\(edge.transport)"
    }
    guard !words.isEmpty else { return [] }
    return [
      Concern(
        .machinesGone,
        "\(words.count) need\(words.count == 1 ? " is one" : "s are") of machines at addresses that none has now: the rules are for whoever gets these, and not for the machines that took their place",
        detail: words.sorted(),
        hint: "record what the machines of today ask and are asked, with `--since` from when these had gone")
    ]
  }
}
