/// A fact while it is added up, with numbers in place of addresses.
struct FactRow: Slotted {
  /// What makes it this row and no other: four words that sort as `Fact.Key` does, if the numbers of its endpoints do.
  struct Key: SlotKey {
    fileprivate var hourClient: UInt64
    fileprivate var serverPortKind: UInt64
    fileprivate var dialled: UInt64
    /// Interface and part, and whether what the client sent came in there first.
    fileprivate var interfacePart: UInt64

    init(
      hour: Int64, client: UInt32, server: UInt32, port: UInt16, kind: Kind,
      dialled: (number: UInt32, port: UInt16)?, interface: UInt32, part: UInt16, hasEntered: Bool = false
    ) {
      // The range of time has hours of three bytes.
      hourClient = UInt64(UInt32(clamping: hour &+ Self.firstHour)) << 32 | UInt64(client)
      serverPortKind = UInt64(server) << 32 | UInt64(port) << 16 | UInt64(kind.bits)
      // 0 is nothing dialled, which sorts first.
      self.dialled = dialled.map { (UInt64($0.number) + 1) << 16 | UInt64($0.port) } ?? 0
      interfacePart = UInt64(interface) << 17 | UInt64(part) << 1 | (hasEntered ? 1 : 0)
    }

    @inline(__always)
    func hash(_ seed: HashSeed) -> UInt64 {
      seed.hash(hourClient, serverPortKind, dialled, interfacePart)
    }

    /// The number of the address that asked; of a key that is not ranked.
    var client: UInt32 { UInt32(truncatingIfNeeded: hourClient) }

    /// The interface by which what the client sent came in first; nil where that is not known.
    var entrance: UInt32? { interfacePart & 1 == 0 ? nil : UInt32(truncatingIfNeeded: interfacePart >> 17) }

    /// Who asked whom, and where.
    var way: Way { Way(client: client, serverPort: serverPortKind >> 16) }

    /// Whether it is UDP that was answered.
    var isReplied: Bool {
      let kind = Kind(bits: UInt16(truncatingIfNeeded: serverPortKind))
      return kind.tier == .replied
    }

    /// The key with other numbers for its endpoints.
    func ranked(by ranks: [UInt32]) -> Key {
      var key = self
      key.hourClient = hourClient & ~0xFFFF_FFFF | UInt64(ranks[Int(hourClient & 0xFFFF_FFFF)])
      key.serverPortKind = UInt64(ranks[Int(serverPortKind >> 32)]) << 32 | serverPortKind & 0xFFFF_FFFF
      if dialled != 0 { key.dialled = (UInt64(ranks[Int(dialled >> 16) - 1]) + 1) << 16 | dialled & 0xFFFF }
      return key
    }

    fileprivate static let firstHour: Int64 = 1 << 31
  }

  /// A client, the server and its port, of a key that is not ranked.
  struct Way: Hashable {
    fileprivate let client: UInt32
    fileprivate let serverPort: UInt64
  }

  /// Transport, tier and evidence of the direction.
  struct Kind {
    fileprivate let bits: UInt16

    init(_ transport: Transport, _ tier: Tier, _ direction: Direction) {
      bits = UInt16(transport.rawValue) << 8 | UInt16(tier.rawValue) << 4 | UInt16(direction.rawValue)
    }

    fileprivate init(bits: UInt16) {
      self.bits = bits
    }

    /// Whether the two ends never came to talk: see `Tier.isEstablished`.
    var isAttempt: Bool { tier.map { !$0.isEstablished } ?? true }

    /// Whether it may be a need, alone or when it comes again: what was established, and one-way UDP.
    var mayBeNeed: Bool { !isAttempt || tier == .oneWay }

    fileprivate var transport: Transport? { Transport(rawValue: UInt8(bits >> 8)) }
    fileprivate var tier: Tier? { Tier(rawValue: UInt8(bits >> 4 & 15)) }
    fileprivate var direction: Direction? { Direction(rawValue: UInt8(bits & 15)) }
  }

  let key: Key
  var serial: UInt32 = 0
  /// The last minute in which any of them was seen, since the epoch; before that, the epoch's first one.
  private var lastMinute: UInt32
  private(set) var conversations: UInt64 = 1
  private(set) var activity: Activity

  init(_ key: Key, _ first: Instant, _ last: Instant) {
    self.key = key
    lastMinute = UInt32(clamping: last.minutes)
    activity = Activity(at: first)
  }

  /// Whether it may make room for what was established: an attempt, but for one-way UDP that came again.
  var mayGiveWay: Bool {
    let kind = Kind(bits: UInt16(truncatingIfNeeded: key.serverPortKind))
    return kind.isAttempt && !(kind.tier == .oneWay && conversations > 1)
  }

  /// Adds a conversation that began in the same hour, and when it was seen last.
  mutating func note(_ first: Instant, _ last: Instant) {
    conversations = conversations.saturatingPlus(1)
    lastMinute = max(lastMinute, UInt32(clamping: last.minutes))
    activity.note(first)
  }

  /// The row as it is kept; `addresses` are those that the numbers of its ranked key stand for.
  func fact(as key: Key, recorder: String, addresses: [Address]) -> Fact? {
    let kind = Kind(bits: UInt16(truncatingIfNeeded: key.serverPortKind))
    guard let transport = kind.transport, let tier = kind.tier, let direction = kind.direction else {
      return nil
    }
    let dialled =
      key.dialled == 0
      ? nil
      : Socket(addresses[Int(key.dialled >> 16) - 1], UInt16(truncatingIfNeeded: key.dialled))
    return Fact(
      key: Fact.Key(
        hour: activity.hour, recorder: recorder, client: addresses[Int(key.hourClient & 0xFFFF_FFFF)],
        server: addresses[Int(key.serverPortKind >> 32)],
        port: UInt16(truncatingIfNeeded: key.serverPortKind >> 16), transport: transport, tier: tier,
        direction: direction, dialled: dialled,
        interface: UInt32(truncatingIfNeeded: key.interfacePart >> 17),
        part: UInt16(truncatingIfNeeded: key.interfacePart >> 1)),
      conversations: conversations, activity: activity, lastMinute: Int64(lastMinute))
  }

  static let vacant = FactRow(
    Key(
      hour: 0, client: 0, server: 0, port: 0, kind: Kind(bits: 0), dialled: nil, interface: 0, part: 0),
    Instant(nanoseconds: 0), Instant(nanoseconds: 0))
}

extension FactRow.Key: Comparable {
  static func < (one: FactRow.Key, other: FactRow.Key) -> Bool {
    if one.hourClient != other.hourClient { return one.hourClient < other.hourClient }
    if one.serverPortKind != other.serverPortKind { return one.serverPortKind < other.serverPortKind }
    if one.dialled != other.dialled { return one.dialled < other.dialled }
    return one.interfacePart < other.interfacePart
  }
}
