/// A name and an address while they are added up, with numbers in place of texts.
struct NameRow: Slotted {
  /// What makes it this row and no other; it sorts as `DNSFact.Key` does, if its numbers do.
  struct Key: SlotKey {
    let hour: Int64
    let asker: UInt32
    let answerer: UInt32
    let name: UInt32
    let address: UInt32

    init(hour: Int64, asker: UInt32, answerer: UInt32, name: UInt32, address: UInt32) {
      self.hour = hour
      self.asker = asker
      self.answerer = answerer
      self.name = name
      self.address = address
    }

    @inline(__always)
    func hash(_ seed: HashSeed) -> UInt64 {
      seed.hash(
        UInt64(bitPattern: hour), UInt64(asker), UInt64(answerer), UInt64(name) << 32 | UInt64(address))
    }

    /// The key with other numbers for its endpoints and name.
    func ranked(by ranks: [UInt32], names: [UInt32]) -> Key {
      Key(
        hour: hour, asker: ranks[Int(asker)], answerer: ranks[Int(answerer)], name: names[Int(name)],
        address: ranks[Int(address)])
    }
  }

  let key: Key
  var serial: UInt32 = 0
  /// When it was answered.
  private(set) var activity: Activity

  init(_ key: Key, _ instant: Instant) {
    self.key = key
    activity = Activity(at: instant)
  }

  mutating func note(_ instant: Instant) { activity.note(instant) }

  static let vacant = NameRow(
    Key(hour: 0, asker: 0, answerer: 0, name: 0, address: 0), Instant(nanoseconds: 0))
}

extension NameRow.Key: Comparable {
  static func < (one: NameRow.Key, other: NameRow.Key) -> Bool {
    if one.hour != other.hour { return one.hour < other.hour }
    if one.asker != other.asker { return one.asker < other.asker }
    if one.answerer != other.answerer { return one.answerer < other.answerer }
    if one.name != other.name { return one.name < other.name }
    return one.address < other.address
  }
}
