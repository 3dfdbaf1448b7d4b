public import Traffic

/// What a recorder should make of the frames, before anybody knows whose addresses these are.
public struct ExpectedConversation: Hashable, Sendable {
  /// Which of an exchange's faces this is.
  ///
  /// TCP sightings can be tied by their sequence numbers, so that they have one face. UDP sightings with different
  /// addresses can't: an exchange through a Service or behind a masquerade is there twice.
  public enum Face: String, Hashable, Sendable {
    /// The two pods, or the pod and the outside thing.
    case real
    /// The client and the Service's address.
    case dialled
    /// The node's address and the server.
    case masqueraded
  }

  /// The hour of the first packet, counted from the epoch.
  public let hour: Int64
  /// Who asked.
  public let client: Address
  /// Who was asked, after every translation that can be seen.
  public let server: Socket
  /// The transport.
  public let transport: Transport
  /// How far it came.
  public let tier: Tier
  /// How it is known which end asked.
  public let direction: Direction
  /// What was dialled where that is not the server; for an unknown direction, the client's own end.
  public let dialled: Socket?
  /// Which face of the exchange this is.
  public let face: Face
  /// How many there were.
  public internal(set) var count = 1

}

extension ExpectedConversation: Comparable {
  /// By hour, client, server, transport, tier and what was dialled.
  public static func < (one: ExpectedConversation, other: ExpectedConversation) -> Bool {
    if one.hour != other.hour { return one.hour < other.hour }
    if one.client != other.client { return one.client < other.client }
    return (one.server, one.transport, one.tier, one.dialled?.description ?? "")
      < (other.server, other.transport, other.tier, other.dialled?.description ?? "")
  }
}

/// An answered name as a recorder should see it, once for each pair of addresses it was seen between.
public struct ExpectedName: Hashable, Sendable {
  /// The hour of the answer, counted from the epoch.
  public let hour: Int64
  /// Who asked.
  public let asker: Address
  /// Who answered.
  public let answerer: Address
  /// The name asked for.
  public let name: String
  /// An address answered, through all aliases.
  public let address: Address
}
