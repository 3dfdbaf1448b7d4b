public import Traffic

/// What somebody learned from a capture, as a few numbers that every program can make.
public struct TrafficAnswer: Hashable, Sendable {
  /// The whole of it in words.
  public let text: String

  /// Conversations of one client with one server that came equally far.
  public struct Edge: Hashable, Sendable {
    let client: Address
    let server: Socket
    let transport: Transport
    let tier: Tier

    /// These conversations.
    public init(client: Address, server: Socket, transport: Transport, tier: Tier) {
      self.client = client
      self.server = server
      self.transport = transport
      self.tier = tier
    }
  }

  /// A name that somebody asked for, and an address that was the answer.
  public struct Name: Hashable, Sendable {
    let asker: Address
    let name: String
    let address: Address

    /// This answer.
    public init(asker: Address, name: String, address: Address) {
      self.asker = asker
      self.name = name
      self.address = address
    }
  }

  /// Edges with how many conversations each has, and names.
  public init(frames: Int, edges: [Edge: UInt64], names: Set<Name>) {
    var sum: UInt64 = 0
    for (edge, count) in edges { sum &+= Self.mark(edge, count) }
    for name in names { sum &+= Self.mark(name) }
    let conversations = edges.values.reduce(0, &+)
    text =
      "\(frames) frames, \(edges.count) edges of \(conversations) conversations, \(names.count) names, "
      + String(sum, radix: 16)
  }

  /// What was learned from frames, as facts of whatever hours, interfaces and dialled addresses.
  public init(frames: Int, facts: [Fact], names: [DNSFact]) {
    var edges: [Edge: UInt64] = [:]
    for fact in facts {
      let key = fact.key
      let edge = Edge(
        client: key.client, server: Socket(key.server, key.port), transport: key.transport, tier: key.tier)
      edges[edge, default: 0] += fact.conversations
    }
    self.init(
      frames: frames, edges: edges,
      names: Set(names.map { Name(asker: $0.key.asker, name: $0.key.name, address: $0.key.address) }))
  }
}

// The sum of marks does not depend on any order: see Reference/conversations.c, which makes the same.
extension TrafficAnswer {
  private static func mark(_ edge: Edge, _ count: UInt64) -> UInt64 {
    let word =
      UInt64(edge.server.port) << 16 | UInt64(edge.transport.rawValue) << 8 | UInt64(edge.tier.rawValue)
    return mixed(words(edge.client) + words(edge.server.address) + [word, count])
  }

  private static func mark(_ name: Name) -> UInt64 {
    let letters = name.name.utf8.reduce(0 as UInt64) { hash, byte in
      byte == UInt8(ascii: ".") ? hash : hash &* 0x100_0000_01B3 ^ UInt64(byte | 0x20)
    }
    return mixed([letters] + words(name.asker) + words(name.address))
  }

  private static func words(_ address: Address) -> [UInt64] {
    [UInt64(truncatingIfNeeded: address.bits >> 64), UInt64(truncatingIfNeeded: address.bits)]
  }

  private static func mixed(_ words: [UInt64]) -> UInt64 {
    words.reduce(1) { state, word in
      let product = (state ^ word) &* 0x9E37_79B9_7F4A_7C15
      return product ^ product >> 29
    }
  }
}
