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

  /// The blocks that Services get their addresses from: the least block around all that are known, and around the
  /// first 65,536 addresses, for the API server's Service always has the first one.
  ///
  /// An object for the range exists only in new clusters. A block wider than a /12 would be a guess.
  public var serviceRanges: [Prefix] {
    [true, false].compactMap { isV4 -> Prefix? in
      let addresses = services.flatMap(\.clusterAddresses).filter { $0.isV4 == isV4 }
      guard let low = addresses.min(), let high = addresses.max() else { return nil }
      let start = isV4 ? 16 : 112
      for length in stride(from: start, through: isV4 ? 12 : 108, by: -1) {
        if let block = Prefix(low, length: length), block.contains(high) { return block }
      }
      return nil
    }
  }
}

extension Service {
  /// Whether this is the way to the API server.
  public var isAPIServer: Bool { meta.namespace == "default" && meta.name == "kubernetes" }
}
