import CMemory

/// The memory of a table: places for entries, which never move, and buckets that lead to them.
///
/// Growing copies no entry and asks for no more than is needed. With `GrowingMemory`, which holds the places, this is
/// the one file about conversations that says `unsafe`: it asks for memory ahead of its use, which a Swift array can't.
@safe
struct SlotStorage<Entry: BitwiseCopyable>: ~Copyable {
  private var memory = GrowingMemory()
  private var buckets: UnsafeMutablePointer<UInt64>
  private var mask: Int
  private let vacant: Entry
  /// How many places there are.
  private(set) var placeCount = 0

  /// No places yet, and as many empty buckets as the least power of two that is not below `bucketCount`.
  init(vacant: Entry, bucketCount: Int) {
    self.vacant = vacant
    let count = Self.powerOfTwo(bucketCount)
    mask = count - 1
    unsafe buckets = Self.emptyBuckets(count)
  }

  deinit {
    // They were allocated here and are given back once; entries are plain bits.
    unsafe buckets.deallocate()
  }

  /// How many buckets there are.
  var bucketCount: Int { mask + 1 }

  /// The bucket with this number, counted round and round.
  subscript(bucket number: Int) -> UInt64 {
    @inline(__always) get {
      // In bounds: the mask leaves numbers below the count of buckets.
      unsafe buckets[number & mask]
    }
    @inline(__always) set {
      // In bounds: the mask leaves numbers below the count of buckets.
      unsafe buckets[number & mask] = newValue
    }
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
  mutating func doubleBuckets(_ body: (inout SlotStorage, UInt64) -> Void) {
    let old = unsafe buckets
    let count = bucketCount
    unsafe buckets = Self.emptyBuckets(2 * count)
    mask = 2 * count - 1
    for number in 0..<count {
      // In bounds: there were `count` of them.
      let bucket = unsafe old[number]
      if bucket != 0 { body(&self, bucket) }
    }
    unsafe old.deallocate()
  }

  /// Asks for a bucket's line of memory.
  @inline(__always)
  func prefetch(bucket number: Int) {
    // In bounds: the mask leaves numbers below the count of buckets. Nothing is read.
    unsafe prefetch_line(buckets + (number & mask))
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

  private static func emptyBuckets(_ count: Int) -> UnsafeMutablePointer<UInt64> {
    let size = count * MemoryLayout<UInt64>.stride
    let isLarge = size >= largePage
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: size, alignment: isLarge ? largePage : line)
    // In bounds: as many bytes as were allocated.
    if isLarge { unsafe enlarge_pages(memory, size) }
    // In bounds: as many as were allocated.
    return unsafe memory.initializeMemory(as: UInt64.self, repeating: 0, count: count)
  }

  private static func powerOfTwo(_ count: Int) -> Int {
    count <= 1 ? 1 : 1 << (Int.bitWidth - (count - 1).leadingZeroBitCount)
  }

  private static var line: Int { 64 }
  private static var largePage: Int { 1 << 21 }
}

extension Array {
  /// Asks for an element's line of memory.
  @inline(__always)
  func prefetch(_ index: Int) {
    guard index >= 0, index < count else { return }
    unsafe withUnsafeBufferPointer { elements in
      guard let first = elements.baseAddress else { return }
      // In bounds: the index was compared with the count. Nothing is read.
      unsafe prefetch_line(first + index)
    }
  }
}
