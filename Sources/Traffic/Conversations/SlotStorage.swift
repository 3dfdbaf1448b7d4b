import CMemory

/// The memory of a table: places for entries, which never move, and buckets that lead to them.
///
/// Growing copies no entry and asks for no more than is needed.
@safe
struct SlotStorage<Entry: BitwiseCopyable>: ~Copyable {
  private var memory = GrowingMemory()
  /// What leads to places, counted round and round; 0 where there is nothing.
  var buckets: LineArray<UInt64>
  private let vacant: Entry
  /// How many places there are.
  private(set) var placeCount = 0

  /// No places yet, and as many empty buckets as the least power of two that is not below `bucketCount`.
  init(vacant: Entry, bucketCount: Int) {
    self.vacant = vacant
    buckets = LineArray(repeating: 0, few: bucketCount)
  }

  /// The entry in a place; there must be one.
  subscript(place: Int) -> Entry {
    @inline(__always) _read {
      // In bounds: `address` checks, and every place was initialized.
      yield unsafe address(place).pointee
    }
    @inline(__always) _modify {
      // In bounds: as above.
      yield unsafe &address(place).pointee
    }
  }

  /// Adds vacant places, as long as there are no more than `limit`; false when there is no memory for them.
  mutating func addPlaces(atMost limit: Int) -> Bool {
    let stride = MemoryLayout<Entry>.stride
    let (bytes, isTooMuch) = limit.multipliedReportingOverflow(by: stride)
    guard memory.grow(atMost: isTooMuch ? .max : bytes) else { return false }
    let count = memory.count / stride
    let places = unsafe memory.first.assumingMemoryBound(to: Entry.self)
    // In bounds: `count` of them fit into what was opened.
    unsafe (places + placeCount).initialize(repeating: vacant, count: count - placeCount)
    placeCount = count
    return true
  }

  /// Empties the buckets and makes twice as many of them; gives what they held.
  ///
  /// False when there is no memory for them.
  mutating func doubleBuckets(_ body: (inout SlotStorage, UInt64) -> Void) -> Bool {
    guard var old = LineArray<UInt64>(repeating: 0, twiceAsManyAs: buckets) else { return false }
    swap(&old, &buckets)
    for number in 0..<old.count where old[number] != 0 { body(&self, old[number]) }
    return true
  }

  /// Asks for an entry's lines of memory.
  @inline(__always)
  func prefetch(place: Int) {
    let entry = unsafe UnsafeRawPointer(address(place))
    // In bounds: as with the subscript, and the second line only of entries that have one. Nothing is read.
    unsafe prefetch_line(entry)
    if MemoryLayout<Entry>.size > 64 { unsafe prefetch_line(entry + 64) }
  }

  @inline(__always)
  private func address(_ place: Int) -> UnsafeMutablePointer<Entry> {
    precondition(UInt(bitPattern: place) < UInt(bitPattern: placeCount))
    // In bounds: compared above.
    return unsafe memory.first.assumingMemoryBound(to: Entry.self) + place
  }
}
