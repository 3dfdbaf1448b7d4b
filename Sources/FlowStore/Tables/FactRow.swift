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
  private let tally: Tally
  /// Whether it was sent in the client's name by somebody else.
  let isSpoofed: Bool
}

extension FactRow {
  init(
    _ fact: Fact, isSpoofed: Bool, recorders: inout Lexicon<String>, addresses: inout Lexicon<Address>
  ) throws(StoreError) {
    self.isSpoofed = isSpoofed
    let key = fact.key
    hour = key.hour
    recorder = try recorders.id(of: key.recorder)
    client = try addresses.id(of: key.client)
    server = try addresses.id(of: key.server)
    kind = Self.kind(key.port, key.transport, key.tier, key.direction)
    if let socket = key.dialled { dialled = try addresses.id(of: socket.address) } else { dialled = 0 }
    place = Self.place(key.dialled?.port ?? 0, key.interface, key.part)
    tally = Tally(fact.activity, conversations: fact.conversations, lastMinute: fact.lastMinute)
  }

  /// Writes it as a row of the table.
  ///
  /// A column costs a byte beside its number, and small numbers are short: so port, transport, tier and direction stand
  /// as one. The last column begins with what is mostly none: the part, the upper half of the interface, and the
  /// dialled port's difference from the port. What was sent in another's name has the one tier that no fact has: nobody
  /// answered it, and how else it failed is no matter.
  func write(to table: borrowing TallyUpsert) throws(StoreError) {
    let (port, interface, part) = (kind >> 24, place >> 16 & 0xFFFF_FFFF, place & 0xFFFF)
    let difference = dialled == 0 ? 0 : place >> 48 ^ port
    let tier = isSpoofed ? UInt64(Self.mark) : (kind >> 8 & 0xFF) << 2
    let target = port << 7 | Self.number(ofTransport: kind >> 16 & 0xFF) << 5 | tier | kind & 0xFF
    let seen = part << 48 | (interface >> 16) << 32 | difference << 16 | interface & 0xFFFF
    try table.run(
      [hour, recorder, client, server, Int64(target), dialled, Int64(bitPattern: seen)], tally)
  }

  /// A row of the table; nil when it is not what was written, or a column holds what no fact has.
  ///
  /// Words are borrowed: to hold on to all of them anew for each row would take a tenth of the time.
  init?(from row: borrowing Statement, _ words: borrowing Glossaries) {
    guard let hour = row.integer(0), let recorder = row.integer(1), let client = row.integer(2),
      let server = row.integer(3), let target = row.integer(4), let dialled = row.integer(5),
      let seen = row.integer(6), let digest = row.integer(8)
    else { return nil }
    var sum = Digest()
    sum.add(hour)
    sum.add(recorder)
    sum.add(client)
    sum.add(server)
    sum.add(target)
    sum.add(dialled)
    sum.add(seen)
    let tally = row.look(7) { bytes in
      sum.add(bytes)
      return sum.value == digest ? Tally(bytes) : nil
    }
    guard let tally, tally.conversations > 0, tally.isWithin(hour: hour),
      let recorder = words.recorders.rank(recorder), let client = words.addresses.rank(client),
      let server = words.addresses.rank(server), target >> 23 == 0,
      let transport = Self.transport(number: target >> 5 & 3),
      let tier = Self.tier(target, transport),
      let direction = Direction(rawValue: UInt8(target & 3)),
      let dialled = dialled == 0 ? 0 : words.addresses.rank(dialled)
    else { return nil }
    let port = UInt16(target >> 7)
    let difference = UInt16(truncatingIfNeeded: seen >> 16)
    guard dialled > 0 || difference == 0 else { return nil }
    self.hour = hour
    self.recorder = recorder
    self.client = client
    self.server = server
    kind = Self.kind(port, transport, tier, direction)
    self.dialled = dialled
    place = Self.place(
      dialled == 0 ? 0 : difference ^ port,
      UInt32(truncatingIfNeeded: seen >> 16 & 0xFFFF_0000 | seen & 0xFFFF),
      UInt16(truncatingIfNeeded: seen >> 48))
    self.tally = tally
    isSpoofed = target & Self.mark == Self.mark
  }

  /// The bits of the tier in a target, all of them set where it was sent in another's name.
  static let mark: Int64 = 7 << 2

  /// The tier in a target; of what was sent in another's name, that of what nobody answered.
  private static func tier(_ target: Int64, _ transport: Transport) -> Tier? {
    if target & mark == mark { return transport == .udp ? .oneWay : .attempted }
    return Tier(rawValue: UInt8(target >> 2 & 7))
  }

  private static func number(ofTransport rawValue: UInt64) -> UInt64 {
    switch rawValue {
    case UInt64(Transport.tcp.rawValue): 0
    case UInt64(Transport.udp.rawValue): 1
    default: 2
    }
  }

  private static func transport(number: Int64) -> Transport? {
    switch number {
    case 0: .tcp
    case 1: .udp
    case 2: .sctp
    default: nil
    }
  }

  /// The fact in words; never nil for a row that was read with these glossaries.
  func fact(in words: Glossaries) -> Fact? {
    guard let recorder = words.recorders.word(rank: recorder),
      let client = words.addresses.word(rank: client), let server = words.addresses.word(rank: server),
      let transport = Transport(rawValue: UInt8(truncatingIfNeeded: kind >> 16)),
      let tier = Tier(rawValue: UInt8(truncatingIfNeeded: kind >> 8)),
      let direction = Direction(rawValue: UInt8(truncatingIfNeeded: kind)),
      let activity = tally.activity(hour: hour)
    else { return nil }
    let port = UInt16(truncatingIfNeeded: place >> 48)
    let key = Fact.Key(
      hour: hour, recorder: recorder, client: client, server: server,
      port: UInt16(truncatingIfNeeded: kind >> 24), transport: transport, tier: tier, direction: direction,
      dialled: words.addresses.word(rank: dialled).map { Socket($0, port) },
      interface: UInt32(truncatingIfNeeded: place >> 16), part: UInt16(truncatingIfNeeded: place))
    return Fact(
      key: key, conversations: UInt64(tally.conversations), activity: activity,
      lastMinute: activity.last.minutes + tally.lasting)
  }

  /// The fact as a row that names words by their places, which are their ranks less one; never nil for a row that was
  /// read.
  var numbers: Conversations.Row? {
    guard let transport = Transport(rawValue: UInt8(truncatingIfNeeded: kind >> 16)),
      let tier = Tier(rawValue: UInt8(truncatingIfNeeded: kind >> 8)),
      let direction = Direction(rawValue: UInt8(truncatingIfNeeded: kind)),
      let activity = tally.activity(hour: hour)
    else { return nil }
    let socket =
      dialled == 0
      ? nil : (address: Self.place(ofRank: dialled), port: UInt16(truncatingIfNeeded: place >> 48))
    return Conversations.Row(
      conversations: UInt64(tally.conversations), activity: activity, client: Self.place(ofRank: client),
      server: Self.place(ofRank: server), port: UInt16(truncatingIfNeeded: kind >> 24),
      recorder: Self.place(ofRank: recorder), transport: transport, tier: tier, direction: direction,
      dialled: socket, interface: UInt32(truncatingIfNeeded: place >> 16),
      part: UInt16(truncatingIfNeeded: place), lasting: tally.lasting)
  }

  private static func place(ofRank rank: Int64) -> UInt32 { UInt32(truncatingIfNeeded: rank - 1) }

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
