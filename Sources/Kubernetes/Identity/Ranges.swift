import Traffic

/// Blocks of addresses that are asked about often.
struct Ranges: Sendable {
  private let v4: [Prefix]
  private let v6: [Prefix]

  init(_ prefixes: [Prefix]) {
    v4 = Self.widest(prefixes.filter(\.isV4))
    v6 = Self.widest(prefixes.filter { !$0.isV4 })
  }

  /// Whether the address is in any of them.
  func holds(_ address: Address) -> Bool {
    let blocks = address.isV4 ? v4 : v6
    var low = 0
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].base <= address { low = middle + 1 } else { high = middle }
    }
    return low > 0 && blocks[low - 1].contains(address)
  }

  /// The blocks in order, without those that lie within another: what is left doesn't overlap.
  private static func widest(_ prefixes: [Prefix]) -> [Prefix] {
    prefixes.sorted().reduce(into: []) { kept, block in
      // Wider blocks come first, so whatever holds this one was the last that was kept.
      if kept.last?.contains(block) != true { kept.append(block) }
    }
  }
}
