public import Traffic

/// What should become of the connections between two workloads on one port.
public struct ExpectedEdge: Hashable, Sendable {
  /// One end of an edge: a workload as `namespace/name`, or a thing outside the cluster's pods.
  public struct End: Hashable, Sendable {
    /// The workload, the name or the address.
    public let name: String
    /// The address, where the end is no workload.
    public let address: Address?
  }

  /// Who asks.
  public let client: End
  /// Who is asked.
  public let server: End
  /// The pod's port.
  public let port: UInt16
  /// The transport.
  public let transport: Transport
  /// What should become of it: `learned`, `baseline`, `quarantined`, `unattributed` or `out-of-scope`.
  public let bin: String
  /// Why.
  public let reason: String?
  /// How many connections or exchanges there were.
  public internal(set) var conversations = 0
  /// How far the best of them came; nil when there was none.
  public internal(set) var tier: Tier?

  /// The words that a bin may have.
  static let bins = ["learned", "baseline", "quarantined", "unattributed", "out-of-scope"]

  mutating func count(_ tier: Tier) {
    conversations += 1
    self.tier = max(self.tier ?? tier, tier)
  }
}

extension ExpectedEdge: Comparable {
  /// By client, server, port and transport, as the truth file lists them; what goes by one name, by its addresses too.
  public static func < (one: ExpectedEdge, other: ExpectedEdge) -> Bool {
    if one.isNamed(like: other) {
      return (one.client.address ?? .lowest) < (other.client.address ?? .lowest)
    }
    return (one.client.name, one.server.name, one.server.address ?? .lowest, one.port, one.transport)
      < (other.client.name, other.server.name, other.server.address ?? .lowest, other.port, other.transport)
  }

  private func isNamed(like other: ExpectedEdge) -> Bool {
    (client.name, server, port) == (other.client.name, other.server, other.port)
      && transport == other.transport
  }
}

extension Address {
  /// Before every other.
  fileprivate static let lowest = Address(bits: 0)
}

/// The table of what a script's capture should lead to, one line an edge, fields parted by tabs.
struct Truth: CustomStringConvertible {
  let edges: [ExpectedEdge]

  var description: String {
    let heading = [
      "client", "server", "port", "protocol", "tier", "conversations", "bin", "reason", "client address",
      "server address",
    ]
    let rows = edges.sorted().map { edge in
      [
        edge.client.name, edge.server.name, "\(edge.port)", edge.transport.name, edge.tier?.name ?? "-",
        "\(edge.conversations)", edge.bin, edge.reason ?? "-", edge.client.address?.description ?? "-",
        edge.server.address?.description ?? "-",
      ]
    }
    return ([heading] + rows).map { $0.joined(separator: "\t") + "\n" }.joined()
  }
}
