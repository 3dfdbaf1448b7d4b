public import Traffic

/// What was seen of an edge.
public struct Evidence: Hashable, Sendable {
  /// How far it came at best.
  public var tier: Tier
  /// How many conversations, each counted once however many recorders and Services showed it.
  public var conversations: UInt64
  /// How many of them were established: attempts and refusals are no evidence of a need.
  public var established: UInt64
  /// Of UDP: in how many minutes somebody sent what nobody answered and nobody refused.
  public var unrefusedMinutes: Int
  /// Of UDP: in how many minutes somebody sent what nobody answered and somebody refused.
  public var refusedMinutes: Int
  /// When the first of them began.
  public var first: Instant
  /// When the last of them began.
  public var last: Instant
  /// When any of them was seen last: the minute, where that is a later one than in which the last of them began.
  public var lastSeen: Instant
  /// For how long one of those that were established was seen open, at least.
  public var held: Duration
  /// In how many different hours.
  public var hours: Int
  /// The addresses that asked.
  public var clientAddresses: Set<Address>
  /// The addresses that were asked.
  public var serverAddresses: Set<Address>
  /// The pods that asked, by their places in the inventory.
  public var clientPods: Set<Int>
  /// The pods that were asked, by their places in the inventory.
  public var serverPods: Set<Int>
  /// What was dialled where that is not the server itself.
  public var dialled: Set<Socket>
  /// How it is known which end asked.
  public var directions: Set<Direction>
  /// The public or private names that the client asked for before it dialled; only for ends outside the cluster.
  public var names: [String]
}
