extension Conversations {
  /// A fact whose words are numbers: as long as a line of a processor's cache.
  public struct Row: Sendable, BitwiseCopyable {
    /// How many conversations there were.
    public let conversations: UInt64
    /// When they began.
    public let activity: Activity
    /// The place of the address that asked.
    public let client: UInt32
    /// The place of the address that was asked.
    public let server: UInt32
    /// The place of who recorded it.
    public let recorder: UInt32
    /// One more than the place of the address that was dialled; 0 where that is the server's.
    private let dialled: UInt32
    /// The index of the first interface that showed it.
    public let interface: UInt32
    /// The server's port.
    public let port: UInt16
    /// The port that was dialled; 0 where that is the server's.
    public let dialledPort: UInt16
    /// 0, and one more at each known change of owner within the hour.
    public let part: UInt16
    /// The transport protocol.
    public let transport: Transport
    /// How far it came.
    public let tier: Tier
    /// How it is known which end asked.
    public let direction: Direction
    /// The upper eight bits of how many minutes after the last one began any was seen; the lower sixteen follow.
    ///
    /// That is what the other fields leave of the line, and thirty years.
    private let lastingUpper: UInt8
    private let lastingLower: UInt16

    /// The row with these parts; nil when nothing was counted.
    ///
    /// `lasting` is how many minutes after the last one began any of them was seen.
    public init?(
      conversations: UInt64, activity: Activity, client: UInt32, server: UInt32, port: UInt16,
      recorder: UInt32, transport: Transport, tier: Tier, direction: Direction,
      dialled: (address: UInt32, port: UInt16)?, interface: UInt32, part: UInt16, lasting: Int64 = 0
    ) {
      guard conversations > 0 else { return nil }
      self.conversations = conversations
      self.activity = activity
      self.client = client
      self.server = server
      self.recorder = recorder
      self.dialled = dialled.map { $0.address + 1 } ?? 0
      self.interface = interface
      self.port = port
      dialledPort = dialled?.port ?? 0
      self.part = part
      self.transport = transport
      self.tier = tier
      self.direction = direction
      (lastingUpper, lastingLower) = Self.halves(lasting)
    }

    /// A fact, with the places of its words.
    init(_ fact: Fact, client: UInt32, server: UInt32, recorder: UInt32, dialledAddress: UInt32?) {
      let key = fact.key
      conversations = fact.conversations
      activity = fact.activity
      self.client = client
      self.server = server
      self.recorder = recorder
      dialled = dialledAddress.map { $0 + 1 } ?? 0
      interface = key.interface
      port = key.port
      dialledPort = key.dialled?.port ?? 0
      part = key.part
      transport = key.transport
      tier = key.tier
      direction = key.direction
      (lastingUpper, lastingLower) = Self.halves(fact.lastMinute - fact.activity.last.minutes)
    }

    private static func halves(_ lasting: Int64) -> (UInt8, UInt16) {
      let bounded = min(max(0, lasting), Fact.longestMinutes)
      return (UInt8(truncatingIfNeeded: bounded >> 16), UInt16(truncatingIfNeeded: bounded))
    }

    /// Hours since the epoch.
    public var hour: Int64 { activity.hour }

    /// The last minute in which any of them was seen, in whole minutes since the epoch.
    public var lastMinute: Int64 {
      activity.last.minutes + Int64(lastingUpper) << 16 + Int64(lastingLower)
    }

    /// When any of them was seen last: the minute, where that is a later one than in which the last of them began.
    public var lastSeen: Instant {
      // Most rows last no longer, and need not be divided into minutes.
      lastingUpper == 0 && lastingLower == 0 ? activity.last : Instant(seconds: lastMinute * 60)
    }

    /// The place of the address that was dialled; nil where that is the server's.
    public var dialledAddress: UInt32? { dialled == 0 ? nil : dialled - 1 }
  }
}
