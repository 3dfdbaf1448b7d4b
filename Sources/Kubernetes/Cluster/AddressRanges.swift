public import Traffic

// The ranges of a cluster's addresses, as far as its objects tell or let one derive.
extension Inventory {
  /// The blocks that pods get their addresses from: what machines say, and what lies around pods elsewhere.
  ///
  /// Many clouds and network plugins tell no machine its block. There what lies around known pods counts as pods'
  /// addresses too: an address beside a pod is not somebody outside.
  public var podRanges: [Prefix] {
    let told = Set(nodes.flatMap(\.podRanges))
    return told.union(DerivedBlocks(self, besides: Ranges(Array(told))).all).sorted()
  }

  /// The blocks around machines in which pods may have addresses too, since they have in one of them.
  ///
  /// Where pods get theirs from the network of their machines (EKS, AKS), a pod that nobody listed may be beside any
  /// machine. Neighbours of a machine's public address are strangers.
  var sharedRanges: [Prefix] {
    let silent = nodes.filter(\.podRanges.isEmpty).flatMap(\.addresses)
    let blocks = Set(
      silent.filter { !$0.isV4 || Self.ownRanges.contains(where: $0.isWithin) }
        .compactMap { Prefix($0, length: $0.isV4 ? 24 : 64) })
    guard !blocks.isEmpty else { return [] }
    let shared = Set(
      pods.indices.lazy.filter { !pods[$0].usesHostNetwork }.flatMap { pods[$0].everyAddress }
        .compactMap { Prefix($0, length: $0.isV4 ? 24 : 64) }.filter(blocks.contains).map(\.isV4))
    return blocks.filter { shared.contains($0.isV4) }.sorted()
  }

  private static let ownRanges = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"]
    .compactMap { Prefix($0) }

  /// The blocks that Services get their addresses from: the least block around all that are known, and around the
  /// first 65,536 addresses, for the API server's Service always has the first one.
  ///
  /// An object for the range exists only in new clusters. A block wider than a /12 would be a guess. GKE has a block of
  /// public addresses that it gives to no one else, and what lies around it is the internet's.
  public var serviceRanges: [Prefix] {
    [true, false].compactMap { isV4 -> Prefix? in
      let addresses = services.flatMap(\.clusterAddresses).filter { $0.isV4 == isV4 }
      guard let low = addresses.min(), let high = addresses.max() else { return nil }
      if let block = Self.googleServices, block.contains(low), block.contains(high) { return block }
      let start = isV4 ? 16 : 112
      for length in stride(from: start, through: isV4 ? 12 : 108, by: -1) {
        if let block = Prefix(low, length: length), block.contains(high) { return block }
      }
      return nil
    }
  }
}

extension Inventory {
  /// Those of the blocks of Services that are public addresses which nobody else has.
  public var publicServiceRanges: [Prefix] { serviceRanges.filter { $0 == Self.googleServices } }

  private static let googleServices = Prefix("34.118.224.0/20")
}

extension Address {
  fileprivate func isWithin(_ block: Prefix) -> Bool { block.contains(self) }
}

extension Service {
  /// Whether this is the way to the API server.
  public var isAPIServer: Bool { meta.namespace == "default" && meta.name == "kubernetes" }
}
