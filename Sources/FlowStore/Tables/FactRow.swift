internal import Traffic

/// A fact in numbers, in the order of its key.
///
/// On the way into a store words stand as their numbers there, on the way out as their ranks.
struct FactRow {
  private let hour: Int64
  private let recorder: Int64
  private let client: Int64
  private let server: Int64
  /// Port, transport, tier and direction, from the highest bits down.
  private let kind: UInt64
  /// Numbers and ranks begin at 1, so 0 says that nothing else was dialled.
  private let dialled: Int64
  /// Dialled port, interface and part, from the highest bits down.
  private let place: UInt64
  private let conversations: Int64
  private let activity: ActivityColumns
}

extension FactRow {
  init(
    _ fact: Fact, recorders: inout Lexicon<String>, addresses: inout Lexicon<Address>
  ) throws(StoreError) {
    let key = fact.key
    hour = key.hour
    recorder = try recorders.id(of: key.recorder)
    client = try addresses.id(of: key.client)
    server = try addresses.id(of: key.server)
    kind = Self.kind(key.port, key.transport, key.tier, key.direction)
    if let socket = key.dialled { dialled = try addresses.id(of: socket.address) } else { dialled = 0 }
    place = Self.place(key.dialled?.port ?? 0, key.interface, key.part)
    conversations = Int64(clamping: fact.conversations)
    activity = ActivityColumns(fact.activity)
  }

  /// Gives a statement its parameters, and runs it.
  ///
  /// A column costs a byte beside its number, and small numbers are short: so port, transport, tier and direction stand
  /// as one, as do part and interface, and a dialled port as its difference from the port, which mostly is none.
  func write(to statement: borrowing Statement) throws(StoreError) {
    let port = Int64(kind >> 24)
    try statement.bind(1, hour)
    try statement.bind(2, recorder)
    try statement.bind(3, client)
    try statement.bind(4, server)
    try statement.bind(5, port << 16 | Int64(kind >> 8 & 0xFF00 | kind >> 4 & 0xF0 | kind & 0xF))
    try statement.bind(6, dialled)
    try statement.bind(7, dialled == 0 ? 0 : Int64(place >> 48) ^ port)
    try statement.bind(8, Int64((place & 0xFFFF) << 32 | place >> 16 & 0xFFFF_FFFF))
    try statement.bind(9, conversations)
    try statement.bind(10, activity.first)
    try statement.bind(11, activity.span)
    try statement.bind(12, activity.minutes)
    try statement.run()
  }

  /// A row of the table; nil when a column holds what no fact has.
  init?(from row: borrowing Statement, _ words: Glossaries) {
    guard let hour = row.integer(0), let recorder = words.recorders.rank(row.integer(1)),
      let client = words.addresses.rank(row.integer(2)), let server = words.addresses.rank(row.integer(3)),
      let target = row.integer(4, as: UInt32.self),
      let transport = Transport(rawValue: UInt8(truncatingIfNeeded: target >> 8)),
      let tier = Tier(rawValue: UInt8(target >> 4 & 0xF)),
      let direction = Direction(rawValue: UInt8(target & 0xF)),
      let dialledID = row.integer(5), let dialled = dialledID == 0 ? 0 : words.addresses.rank(dialledID),
      let dialledPort = row.integer(6, as: UInt16.self), dialled > 0 || dialledPort == 0,
      let place = row.integer(7), place >> 48 == 0,
      let conversations = row.integer(8), conversations > 0,
      let activity = ActivityColumns(from: row, at: 9), activity.activity(hour: hour) != nil
    else { return nil }
    let port = UInt16(target >> 16)
    self.hour = hour
    self.recorder = recorder
    self.client = client
    self.server = server
    kind = Self.kind(port, transport, tier, direction)
    self.dialled = dialled
    self.place = Self.place(
      dialled == 0 ? 0 : dialledPort ^ port, UInt32(truncatingIfNeeded: place),
      UInt16(truncatingIfNeeded: place >> 32))
    self.conversations = conversations
    self.activity = activity
  }

  /// The fact in words; never nil for a row that was read with these glossaries.
  func fact(in words: Glossaries) -> Fact? {
    guard let recorder = words.recorders.word(rank: recorder),
      let client = words.addresses.word(rank: client), let server = words.addresses.word(rank: server),
      let transport = Transport(rawValue: UInt8(truncatingIfNeeded: kind >> 16)),
      let tier = Tier(rawValue: UInt8(truncatingIfNeeded: kind >> 8)),
      let direction = Direction(rawValue: UInt8(truncatingIfNeeded: kind)),
      let activity = activity.activity(hour: hour)
    else { return nil }
    let port = UInt16(truncatingIfNeeded: place >> 48)
    let key = Fact.Key(
      hour: hour, recorder: recorder, client: client, server: server,
      port: UInt16(truncatingIfNeeded: kind >> 24), transport: transport, tier: tier, direction: direction,
      dialled: words.addresses.word(rank: dialled).map { Socket($0, port) },
      interface: UInt32(truncatingIfNeeded: place >> 16), part: UInt16(truncatingIfNeeded: place))
    return Fact(key: key, conversations: UInt64(conversations), activity: activity)
  }

  private static func kind(
    _ port: UInt16, _ transport: Transport, _ tier: Tier, _ direction: Direction
  ) -> UInt64 {
    UInt64(port) << 24 | UInt64(transport.rawValue) << 16 | UInt64(tier.rawValue) << 8
      | UInt64(direction.rawValue)
  }

  private static func place(_ dialledPort: UInt16, _ interface: UInt32, _ part: UInt16) -> UInt64 {
    UInt64(dialledPort) << 48 | UInt64(interface) << 16 | UInt64(part)
  }
}

extension FactRow: Comparable {
  static func < (one: FactRow, other: FactRow) -> Bool {
    if one.hour != other.hour { return one.hour < other.hour }
    if one.recorder != other.recorder { return one.recorder < other.recorder }
    if one.client != other.client { return one.client < other.client }
    if one.server != other.server { return one.server < other.server }
    if one.kind != other.kind { return one.kind < other.kind }
    if one.dialled != other.dialled { return one.dialled < other.dialled }
    return one.place < other.place
  }

  /// Whether the keys are equal.
  static func == (one: FactRow, other: FactRow) -> Bool { !(one < other) && !(other < one) }
}
