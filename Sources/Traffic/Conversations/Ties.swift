/// Remembers for two seconds under which numbers a connection was seen, so that its other legs are known for the same.
///
/// Translation changes one end and leaves the other as it was, and it never changes sequence numbers or payload. A mark
/// is kept as its hash: two that share all 64 bits are not met by chance, nor on purpose without the seed.
struct Ties {
  /// What two legs of one connection have in common.
  struct Mark {
    /// The end that was not translated.
    let end: Socket
    /// The other one's part.
    let kind: Kind
    /// The initial sequence number, both numbers of a segment in the middle, or how a datagram begins.
    let numbers: UInt64
  }

  enum Kind: UInt8 {
    case client
    case server
    case sender
    case receiver
    case datagram
  }

  /// The leg or exchange that showed a mark.
  struct Holder: BitwiseCopyable {
    let place: UInt32
    let serial: UInt32
    let instant: Instant
  }

  private struct Entry: BitwiseCopyable {
    /// 0 where there is none.
    var hash: UInt64
    var holder: Holder
  }

  private let seed: HashSeed
  private let largest: Int
  private var entries: [Entry]
  /// How many marks were forgotten within the window, because the table may not grow any more.
  private(set) var forgotten: UInt64 = 0

  init(limit: Int, seed: HashSeed) {
    self.seed = seed
    largest = max(Self.reach, min(limit, Self.largestLimit))
    entries = Array(repeating: Self.empty, count: Self.reach)
  }

  /// Remembers a holder, and gives the one that showed the same mark less than two seconds before or after.
  mutating func exchange(_ holder: Holder, for mark: Mark) -> Holder? {
    let entry = Entry(hash: hash(mark), holder: holder)
    while true {
      switch slot(for: entry.hash, at: holder.instant) {
      case .same(let index):
        let earlier = entries[index].holder
        entries[index] = entry
        return Self.isWithin(earlier.instant, holder.instant) ? earlier : nil
      case .free(let index):
        entries[index] = entry
        return nil
      case .oldest(let index):
        guard entries.count * 2 > largest else {
          grow(at: holder.instant)
          continue
        }
        entries[index] = entry
        forgotten += 1
        return nil
      }
    }
  }

  private enum Slot {
    case same(Int)
    case free(Int)
    case oldest(Int)
  }

  /// Where a mark is, or may be put: its slots are the few behind the one that its hash names.
  private func slot(for hash: UInt64, at instant: Instant) -> Slot {
    let start = Int(truncatingIfNeeded: hash >> 32)
    var free: Int?
    // Their count is a power of two.
    let mask = entries.count - 1
    var oldest = start & mask
    for step in 0..<Self.reach {
      let index = (start + step) & mask
      let entry = entries[index]
      if entry.hash == hash { return .same(index) }
      if entry.hash == 0 || !Self.isWithin(entry.holder.instant, instant) {
        free = free ?? index
      } else if entry.holder.instant < entries[oldest].holder.instant {
        oldest = index
      }
    }
    return free.map(Slot.free) ?? .oldest(oldest)
  }

  private mutating func grow(at instant: Instant) {
    let old = entries
    entries = Array(repeating: Self.empty, count: 2 * old.count)
    for entry in old where entry.hash != 0 && Self.isWithin(entry.holder.instant, instant) {
      switch slot(for: entry.hash, at: instant) {
      case .same(let index), .free(let index): entries[index] = entry
      case .oldest(let index):
        entries[index] = entry
        forgotten += 1
      }
    }
  }

  private func hash(_ mark: Mark) -> UInt64 {
    let end = UInt64(mark.end.port) << 8 | UInt64(mark.kind.rawValue)
    return max(1, seed.hash(mark.end.address, end, mark.numbers))
  }

  private static func isWithin(_ one: Instant, _ other: Instant) -> Bool {
    one <= other.advanced(bySeconds: window) && other <= one.advanced(bySeconds: window)
  }

  /// Seconds between two sightings of one packet, on one node, at most.
  static let window: Int64 = 2

  private static let empty = Entry(hash: 0, holder: Holder(place: 0, serial: 0, instant: .distantPast))
  /// How many slots a mark may be in; also how many there are at first.
  private static let reach = 8
  /// Twenty-four bytes each.
  private static let largestLimit = 1 << 20
}
