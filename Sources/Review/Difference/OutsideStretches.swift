public import Kubernetes
import Traffic

extension NamedParty {
  /// One party for every stretch of addresses that some block in these policies tells from the rest.
  ///
  /// With these, a difference is whole for the outside world: whatever address one asks about, it is treated like
  /// one of them. A block that others are cut out of is named `rest of` it.
  public static func outside(of sets: PolicySet...) -> [NamedParty] {
    let everything = ["0.0.0.0/0", "::/0"].compactMap { Prefix($0) }
    let named = Set(sets.flatMap(\.policies).flatMap(blocks))
    let all = named.union(everything).sorted()
    return all.compactMap { block in
      let inner = all.filter { $0 != block && block.contains($0) }
      guard let address = firstAddress(of: block, outside: inner) else { return nil }
      let name =
        if !named.contains(block) {
          block.isV4 ? "other IPv4 addresses" : "other IPv6 addresses"
        } else {
          inner.isEmpty ? "\(block)" : "rest of \(block)"
        }
      return NamedParty(name: name, outside: address)
    }
  }

  private static func blocks(of policy: NetworkPolicy) -> [Prefix] {
    (policy.ingress + policy.egress).flatMap { rule -> [Prefix] in
      guard case .only(let peers) = rule.peers else { return [] }
      return peers.flatMap { peer -> [Prefix] in
        if case .block(let block, let except) = peer { [block] + except } else { [] }
      }
    }
  }

  /// The lowest address of a block that no block within it holds; nil where they cover it.
  private static func firstAddress(of block: Prefix, outside inner: [Prefix]) -> Address? {
    var candidate = block.base
    // In order of their lowest address, so one pass finds the first gap.
    for hole in inner.sorted() where hole.contains(candidate) {
      guard hole.last < block.last else { return nil }
      candidate = Address(bits: hole.last.bits + 1)
    }
    return block.contains(candidate) ? candidate : nil
  }
}
