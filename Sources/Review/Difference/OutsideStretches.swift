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
    let inner = directlyInside(all)
    return all.indices.compactMap { place in
      let block = all[place]
      guard let address = firstAddress(of: block, outside: inner[place].map { all[$0] }) else { return nil }
      let name =
        if !named.contains(block) {
          block.isV4 ? "other IPv4 addresses" : "other IPv6 addresses"
        } else {
          inner[place].isEmpty ? "\(block)" : "rest of \(block)"
        }
      return NamedParty(name: name, outside: address)
    }
  }

  /// For each block the places of those within it that lie within no other: either of two blocks holds the other, or
  /// they have nothing in common.
  private static func directlyInside(_ blocks: [Prefix]) -> [[Int]] {
    var inside = [[Int]](repeating: [], count: blocks.count)
    // In order IPv4 lies amid IPv6, though no block of one holds any of the other.
    for family in [true, false] {
      var around: [Int] = []
      for place in blocks.indices where blocks[place].isV4 == family {
        while let last = around.last, !blocks[last].contains(blocks[place]) { around.removeLast() }
        if let last = around.last { inside[last].append(place) }
        around.append(place)
      }
    }
    return inside
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
    for hole in inner where hole.contains(candidate) {
      guard hole.last < block.last else { return nil }
      candidate = Address(bits: hole.last.bits + 1)
    }
    return block.contains(candidate) ? candidate : nil
  }
}
