/// Conversations of one hour, recorder, pair of addresses, port, transport and tier, added up.
public struct Fact: Hashable, Sendable {
  /// What makes it this row and no other.
  public let key: Key
  /// How many conversations there were.
  public private(set) var conversations: UInt64
  /// When they began.
  public private(set) var activity: Activity
  /// The last minute in which any of them was seen, in whole minutes since the epoch: often one of a later hour.
  public private(set) var lastMinute: Int64

  /// Conversations with this key; nil when the activity is not of the key's hour or nothing was counted.
  ///
  /// The last minute is that in which the last one began, where nobody tells of a later one.
  public init?(key: Key, conversations: UInt64, activity: Activity, lastMinute: Int64 = .min) {
    guard conversations > 0, activity.hour == key.hour else { return nil }
    self.init(key: key, kept: conversations, during: activity, lastMinute: lastMinute)
  }

  /// What a row of numbers said, which counts something and whose key is of its hour.
  init(key: Key, kept conversations: UInt64, during activity: Activity, lastMinute: Int64) {
    self.key = key
    self.conversations = conversations
    self.activity = activity
    let minute = activity.last.minutes
    self.lastMinute = min(max(lastMinute, minute), minute + Self.longestMinutes)
  }

  /// How many minutes after the last one began any can be seen: thirty years, longer than anybody records.
  static var longestMinutes: Int64 { 0xFF_FFFF }

  /// Adds another row of the same key.
  public mutating func merge(_ other: Fact) {
    precondition(key == other.key, "rows of different keys are different facts")
    conversations = conversations.saturatingPlus(other.conversations)
    activity.merge(other.activity)
    lastMinute = max(lastMinute, other.lastMinute)
  }
}

extension Fact {
  /// The identity of a row, in the order that the store sorts by.
  public struct Key: Hashable, Sendable {
    /// Hours since the epoch.
    public let hour: Int64
    /// Who recorded it: a node and its boot, or a run over capture files.
    public let recorder: String
    /// Who asked.
    public let client: Address
    /// Who was asked, after every translation that was seen.
    public let server: Address
    /// The server's port, after every translation that was seen.
    public let port: UInt16
    /// The transport protocol.
    public let transport: Transport
    /// How far it came.
    public let tier: Tier
    /// How it is known which end asked.
    public let direction: Direction
    /// What the client dialled where that is not the server and port; for an unknown direction, the client's own end.
    public let dialled: Socket?
    /// The index of the first interface that showed it.
    public let interface: UInt32
    /// 0, and one more at each known change of owner within the hour.
    public let part: UInt16

    /// The key with these parts.
    public init(
      hour: Int64, recorder: String, client: Address, server: Address, port: UInt16,
      transport: Transport, tier: Tier, direction: Direction, dialled: Socket? = nil,
      interface: UInt32 = 0, part: UInt16 = 0
    ) {
      self.hour = hour
      self.recorder = recorder
      self.client = client
      self.server = server
      self.port = port
      self.transport = transport
      self.tier = tier
      self.direction = direction
      self.dialled = dialled
      self.interface = interface
      self.part = part
    }
  }
}

extension Fact.Key: Comparable {
  /// By its parts in the order that they are declared.
  public static func < (one: Fact.Key, other: Fact.Key) -> Bool {
    if one.hour != other.hour { return one.hour < other.hour }
    if one.recorder != other.recorder { return one.recorder < other.recorder }
    if one.client != other.client { return one.client < other.client }
    if one.server != other.server { return one.server < other.server }
    if one.port != other.port { return one.port < other.port }
    if one.transport != other.transport { return one.transport < other.transport }
    if one.tier != other.tier { return one.tier < other.tier }
    if one.direction != other.direction { return one.direction.rawValue < other.direction.rawValue }
    if one.dialled != other.dialled {
      guard let mine = one.dialled else { return true }
      guard let theirs = other.dialled else { return false }
      return mine < theirs
    }
    if one.interface != other.interface { return one.interface < other.interface }
    return one.part < other.part
  }
}
