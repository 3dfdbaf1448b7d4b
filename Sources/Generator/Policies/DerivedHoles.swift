import Kubernetes
import Traffic

/// The blocks around pods that broad rules leave out, where no machine tells which addresses its pods get.
///
/// They are derived from the pods that are known (EKS, AKS). Machines, load balancers and servers of the same network may
/// have addresses there too.
struct DerivedHoles {
  private let blocks: [Prefix]

  init(_ inventory: Inventory) {
    let told = inventory.nodes.flatMap(\.podRanges)
    blocks = inventory.podRanges.filter { block in !told.contains { $0.contains(block) } }
  }

  /// That somebody else with such an address is cut, where a rule that is for everybody else leaves it out.
  func concerns(_ policies: [PlannedPolicy]) -> [Concern] {
    guard !blocks.isEmpty else { return [] }
    let left = Set(policies.flatMap { leftOut(by: $0) })
    guard !left.isEmpty else { return [] }
    return [
      Concern(
        .blocksDerived,
        "\(left.count) block\(left.count == 1 ? "" : "s") around pods \(left.count == 1 ? "is" : "are") left out of broad rules, for no machine tells its pods' block: whoever else has an address there is cut, unless a rule of its own lets it through",
        detail: left.sorted().map(\.description),
        hint: "\(Advice.nameHolder): \(Advice.nameOutside), and what was seen of it gets its rule")
    ]
  }

  private func leftOut(by planned: PlannedPolicy) -> [Prefix] {
    planned.breadths.flatMap { direction, breadths in
      zip(planned.policy.rules(direction), breadths).flatMap { rule, breadth -> [Prefix] in
        guard breadth.isBroad, case .only(let peers) = rule.peers else { return [] }
        return peers.flatMap { peer -> [Prefix] in
          guard case .block(let block, let holes) = peer else { return [] }
          return blocks.filter { left in
            // The internet holds no private address anyway.
            block.contains(left) && holes.contains { $0.contains(left) }
              && (breadth != .publicName || PublicInternet.holds(left.base))
          }
        }
      }
    }
  }
}
