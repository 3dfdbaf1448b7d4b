import Kubernetes
import Traffic

/// The block that the cluster hands out to its machines for their pods, as far as the machines' own blocks show it.
///
/// No object tells it. A machine that comes tomorrow gets its block from there, and its pods are no guests and no part of the
/// internet either. The controller that hands blocks out gives each machine 1 of 256 unless somebody chose otherwise
/// (`--node-cidr-mask-size`, 24 within a /16, and 64 within a /56).
enum PodNetwork {
  /// The blocks of both families: around what machines tell where nothing else of the cluster lies there.
  static func blocks(_ inventory: Inventory) -> [Prefix] {
    let told = inventory.nodes.flatMap(\.podRanges)
    let services = inventory.services.flatMap(\.addresses).map { Prefix(only: $0) }
    let machines = inventory.nodes.flatMap(\.addresses).map { Prefix(only: $0) }
    let others = services + machines + inventory.outside
    return [true, false].compactMap { isV4 in
      around(told.filter { $0.isV4 == isV4 }, besides: others.filter { $0.isV4 == isV4 })
    }
  }

  /// The widest block around all of these, as a cluster may have it, that holds nothing else; nil where there is none.
  private static func around(_ told: [Prefix], besides others: [Prefix]) -> Prefix? {
    guard let first = told.min(), let longest = told.map(\.length).max() else { return nil }
    let isV4 = first.isV4
    // What is not within these widths would be a guess.
    let widest = max(longest - 8, isV4 ? 16 : 48)
    for length in stride(from: min(widest, longest), through: isV4 ? 12 : 44, by: -1) {
      guard let block = Prefix(first.base, length: length), told.allSatisfy(block.contains) else { continue }
      if !block.isMixed(with: others) { return block }
      break
    }
    // Where the block is mixed with others, the least one may not be.
    for length in stride(from: longest, through: isV4 ? 12 : 44, by: -1) {
      guard let block = Prefix(first.base, length: length), told.allSatisfy(block.contains) else { continue }
      return block.isMixed(with: others) ? nil : block
    }
    return nil
  }
}

extension Prefix {
  fileprivate func isMixed(with others: [Prefix]) -> Bool {
    others.contains { contains($0) || $0.contains(self) }
  }
}
