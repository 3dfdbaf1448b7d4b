import Traffic

/// The blocks of pods' addresses where machines tell none, as far as known pods show them.
///
/// A /24 (a /64 of IPv6) around each pod. Where each of these has the pods of one machine only, blocks go by machines, and
/// those of machines without a known pod lie beside them: then it is the least block around all of them that has room
/// for each machine. That must hold nothing else of the cluster, or addresses of pods and of others are mixed there.
struct DerivedBlocks {
  private let machineCount: Int
  private let others: Set<Address>
  /// The names of the machines whose pods are in each block; none for pods of which nobody knows the machine.
  private var machines: [Prefix: Set<String?>] = [:]

  init(_ inventory: Inventory, besides told: Ranges) {
    let own = Set(
      inventory.nodes.flatMap(\.addresses)
        + inventory.hostPods.flatMap(\.everyAddress))
    machineCount = inventory.nodes.count { $0.podRanges.isEmpty }
    others = own.union(inventory.services.flatMap(\.addresses))
    // By their places: to hold on to all that a pod has costs more than what is asked of it here.
    let pods = inventory.pods
    for place in pods.indices where !pods[place].usesHostNetwork {
      for address in pods[place].everyAddress where !told.holds(address) && !own.contains(address) {
        guard let block = Prefix(address, length: Self.length(address.isV4)) else { continue }
        machines[block, default: []].insert(pods[place].nodeName)
      }
    }
  }

  /// The blocks of both families.
  var all: Set<Prefix> {
    [true, false].reduce(into: []) { all, isV4 in
      let known = machines.filter { $0.key.isV4 == isV4 }
      if let around = around(known) { all.insert(around) } else { all.formUnion(known.keys) }
    }
  }
}

// How it works.
extension DerivedBlocks {
  /// A block around all of these that has room for every machine; nil where that would be a guess.
  private func around(_ known: [Prefix: Set<String?>]) -> Prefix? {
    guard let low = known.keys.min(), let high = known.keys.max(),
      known.values.allSatisfy({ $0.count == 1 && !$0.contains(nil) })
    else { return nil }
    let narrowest = Self.length(low.isV4) - Self.bits(for: max(known.count, machineCount))
    let widest = low.isV4 ? 16 : 48
    for length in stride(from: narrowest, through: widest, by: -1) {
      guard let block = Prefix(low.base, length: length), block.contains(high) else { continue }
      return others.contains(where: block.contains) ? nil : block
    }
    return nil
  }

  private static func length(_ isV4: Bool) -> Int { isV4 ? 24 : 64 }

  /// How many bits tell so many blocks apart.
  private static func bits(for count: Int) -> Int { Int.bitWidth - max(0, count - 1).leadingZeroBitCount }
}
