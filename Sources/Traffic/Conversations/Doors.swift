/// Which addresses sit behind which interface of a machine, by the connections whose packets came in by it.
///
/// Who forges another's address hears no answer, so where both sides of a connection agreed their addresses are true.
/// Behind a pod's interface sits one of each family. Behind a machine's own, a bridge or a tunnel sit many, and then who
/// sits there tells nothing.
struct Doors: ~Copyable {
  private var doors: SlotTable<Door>

  init(limit: Int, seed: HashSeed) {
    doors = SlotTable(limit: min(limit, Self.most), seed: seed)
  }

  /// Takes note that an address sits behind an interface.
  mutating func note(_ address: Address, behind interface: UInt32) {
    guard Self.isUnique(address) else { return }
    let key = Door.Key(interface: interface, isV4: address.isV4)
    let hash = doors.hash(of: key)
    if let place = doors.place(of: key, hash: hash) {
      doors[place].note(address)
    } else {
      // One for which there is no room tells nothing.
      _ = doors.insert(Door(key: key, resident: address), hash: hash)
    }
  }

  /// Whether another address of its family alone sits behind an interface.
  func isStranger(_ address: Address, behind interface: UInt32) -> Bool {
    let key = Door.Key(interface: interface, isV4: address.isV4)
    guard Self.isUnique(address), let place = doors.place(of: key, hash: doors.hash(of: key)) else {
      return false
    }
    return !doors[place].isCrowded && doors[place].resident != address
  }

  /// More than a machine has, of both families.
  private static let most = 1 << 16

  /// Whether no two links may each have a host of this address (RFC 3927, RFC 4291 §2.5.6).
  private static func isUnique(_ address: Address) -> Bool {
    address.isV4 ? address.bits >> 16 & 0xFFFF != 0xA9FE : address.bits >> 118 != 0x3FA
  }
}

/// One interface and family.
struct Door: Slotted {
  struct Key: SlotKey {
    let interface: UInt32
    let isV4: Bool

    @inline(__always)
    func hash(_ seed: HashSeed) -> UInt64 { seed.hash(UInt64(interface), isV4 ? 1 : 0, 0, 0) }
  }

  let key: Key
  var serial: UInt32 = 0
  /// The first address that was shown to sit there.
  let resident: Address
  /// Whether others do too.
  private(set) var isCrowded = false

  init(key: Key, resident: Address) {
    self.key = key
    self.resident = resident
  }

  mutating func note(_ address: Address) {
    if address != resident { isCrowded = true }
  }

  static let vacant = Door(key: Key(interface: 0, isV4: false), resident: Address(bits: 0))
}
