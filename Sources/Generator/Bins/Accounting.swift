import Traffic

/// How many edges and conversations went into each bin; the bins add up to what was seen.
public struct Accounting: Hashable, Sendable {
  /// The numbers of one thing that is counted.
  public struct Count: Hashable, Sendable {
    /// Everything, counted for itself and not as the bins' sum.
    public var seen: UInt64 = 0
    /// What each bin holds.
    public var bins: [Bin: UInt64] = [:]

    /// What one bin holds.
    public subscript(bin: Bin) -> UInt64 { bins[bin, default: 0] }

    /// Whether the bins add up to what was seen.
    public var addsUp: Bool { bins.values.saturatingSum == seen }

    mutating func note(_ amount: UInt64, in bin: Bin) {
      bins[bin] = self[bin].saturatingPlus(amount)
    }
  }

  /// Edges.
  public private(set) var edges = Count()
  /// Conversations.
  public private(set) var conversations = Count()

  /// The accounting of these edges.
  public init(_ edges: [Edge]) {
    self.edges.seen = UInt64(edges.count)
    conversations.seen = edges.map(\.evidence.conversations).saturatingSum
    for bin in Bin.allCases {
      for edge in edges where edge.bin == bin {
        self.edges.note(1, in: bin)
        conversations.note(edge.evidence.conversations, in: bin)
      }
    }
  }
}
