/// What a table holds: plain bits that know their own key.
protocol Slotted: BitwiseCopyable {
  associatedtype Key: SlotKey

  /// By what it is found; it stays the same.
  var key: Key { get }

  /// Tells it from others that had its place before; 0 where there is nothing.
  var serial: UInt32 { get set }

  /// What stands in places that nobody has taken yet; its serial is 0.
  static var vacant: Self { get }
}

/// What entries are found by.
protocol SlotKey: BitwiseCopyable, Equatable {
  func hash(_ seed: HashSeed) -> UInt64
}

/// A bounded number of entries, found by key or by place.
///
/// A place stays with its entry until the entry is removed, so places can be kept, with the serial that tells whether
/// the entry is still the same. Keys are looked up in buckets with linear probing; each holds half of the key's hash
/// and a place, so that a strange entry is hardly ever looked at. A removed key leaves no mark: those behind it move up.
struct SlotTable<Entry: Slotted>: ~Copyable {
  private var storage: SlotStorage<Entry>
  private let seed: HashSeed
  /// How many entries there may be; less than was wished for when there is no memory for more.
  private var limit: Int
  private var free: [UInt32] = []
  private var serials: UInt32 = 0
  /// How many entries there are.
  private(set) var count = 0
  /// Every place that may hold an entry lies below.
  private(set) var end = 0
  /// Whether nothing will be looked up or added any more.
  private var isClosed = false

  init(limit: Int, seed: HashSeed) {
    self.limit = min(max(0, limit), Self.largestLimit)
    self.seed = seed
    storage = SlotStorage(vacant: .vacant, bucketCount: Self.fewestBuckets)
  }

  /// Whether there is no room for another entry.
  var isFull: Bool { count >= limit || isClosed }

  /// The hash that an entry with this key is found by.
  @inline(__always)
  func hash(of key: Entry.Key) -> UInt64 { key.hash(seed) }

  /// Where the entry of a key is.
  @inline(__always)
  func place(of key: Entry.Key, hash: UInt64) -> Int? {
    let tag = hash >> 32
    var number = Int(truncatingIfNeeded: tag)
    while true {
      let bucket = storage.buckets[number]
      // Some are always empty, so this ends.
      guard bucket != 0 else { return nil }
      if bucket >> 32 == tag {
        let place = Self.place(bucket)
        if storage[place].key == key { return place }
      }
      number &+= 1
    }
  }

  /// Where the entry of a key is, which `prepareEntry` expected in a place.
  @inline(__always)
  func place(of key: Entry.Key, hash: UInt64, expected place: UInt32) -> Int? {
    // What was removed or moved in since is told by its serial and key.
    let expected = Int(place) &- 1
    if expected >= 0, expected < end, storage[expected].key == key, storage[expected].serial != 0 {
      return expected
    }
    return self.place(of: key, hash: hash)
  }

  /// The entry in a place; what was removed must not be asked for.
  subscript(place: Int) -> Entry {
    @inline(__always) _read { yield storage[place] }
    @inline(__always) _modify { yield &storage[place] }
  }

  /// Whether an entry that had this serial is still in its place.
  func isStill(_ serial: UInt32, at place: Int) -> Bool {
    place < end && storage[place].serial == serial
  }

  /// Adds an entry under a key that has none; nil when there is no room.
  mutating func insert(_ entry: Entry, hash: UInt64) -> Int? {
    guard !isFull, hasMemory() else { return nil }
    let place: Int
    if let vacated = free.popLast() {
      place = Int(vacated)
    } else {
      place = end
      end += 1
    }
    serials = serials == .max ? 1 : serials + 1
    storage[place] = entry
    storage[place].serial = serials
    Self.enter(hash & ~0xFFFF_FFFF | UInt64(place + 1), &storage)
    count += 1
    return place
  }

  /// Whether there is memory for another entry; the table is full from now on where there is none.
  private mutating func hasMemory() -> Bool {
    // Beyond a half, the first bucket is too seldom the right one.
    let hasBuckets =
      count * 2 < storage.buckets.count
      || storage.doubleBuckets { storage, bucket in Self.enter(bucket, &storage) }
    let hasPlaces = !free.isEmpty || end < storage.placeCount || storage.addPlaces(atMost: limit)
    if !hasBuckets || !hasPlaces { limit = count }
    return hasBuckets && hasPlaces
  }

  /// Says that nothing will be looked up or added any more, only taken out.
  mutating func close() { isClosed = true }

  /// Takes out the entry in a place.
  mutating func remove(_ place: Int) -> Entry {
    let entry = storage[place]
    guard !isClosed else {
      storage[place].serial = 0
      count -= 1
      return entry
    }
    let hash = hash(of: entry.key)
    var number = Int(truncatingIfNeeded: hash >> 32)
    while Self.place(storage.buckets[number]) != place { number += 1 }
    close(number)
    storage[place].serial = 0
    free.append(UInt32(truncatingIfNeeded: place))
    count -= 1
    return entry
  }

  /// Asks for what looking up a hash will read first.
  @inline(__always)
  func prepare(hash: UInt64) {
    storage.buckets.prefetch(Int(truncatingIfNeeded: hash >> 32))
  }

  /// Asks for the entry in a place.
  @inline(__always)
  func prepare(place: Int) { storage.prefetch(place: place) }

  /// How many entries are asked for ahead, where many are gone through that lie anywhere.
  static var ahead: Int { 12 }

  /// Asks for the entry that looking up a hash will most likely find; one more than its place, 0 when there is none.
  @inline(__always)
  func prepareEntry(hash: UInt64) -> UInt32 {
    let tag = hash >> 32
    var number = Int(truncatingIfNeeded: tag)
    while true {
      let bucket = storage.buckets[number]
      guard bucket != 0 else { return 0 }
      if bucket >> 32 == tag {
        storage.prefetch(place: Self.place(bucket))
        return UInt32(truncatingIfNeeded: bucket)
      }
      number &+= 1
    }
  }

  private static func enter(_ bucket: UInt64, _ storage: inout SlotStorage<Entry>) {
    var number = Int(truncatingIfNeeded: bucket >> 32)
    while storage.buckets[number] != 0 { number += 1 }
    storage.buckets[number] = bucket
  }

  /// Empties a bucket, and moves up those behind it that would not be found any more.
  private mutating func close(_ number: Int) {
    let mask = storage.buckets.count - 1
    var hole = number
    var next = number + 1
    while true {
      let bucket = storage.buckets[next]
      guard bucket != 0 else { break }
      let home = Int(truncatingIfNeeded: bucket >> 32)
      if (next - home) & mask >= next - hole {
        storage.buckets[hole] = bucket
        hole = next
      }
      next += 1
    }
    storage.buckets[hole] = 0
  }

  private static func place(_ bucket: UInt64) -> Int {
    Int(truncatingIfNeeded: bucket & 0xFFFF_FFFF) - 1
  }

  private static var fewestBuckets: Int { 64 }
  /// Places are numbered with 32 bits.
  private static var largestLimit: Int { 1 << 30 }
}
