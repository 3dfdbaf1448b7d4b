import CPrefetch

/// The memory of a table: places for entries, which never move, and buckets that lead to them.
///
/// Places come in chunks, so that growing copies no entry and asks for no more than is needed. This is the one file
/// about conversations that says `unsafe`: it asks for memory ahead of its use, which a Swift array can't.
@safe
struct SlotStorage<Entry: BitwiseCopyable>: ~Copyable {
  private var chunks: [UnsafeMutablePointer<Entry>] = unsafe []
  private var buckets: UnsafeMutablePointer<UInt64>
  private var mask: Int
  private let vacant: Entry

  /// No places yet, and as many empty buckets as the least power of two that is not below `bucketCount`.
  init(vacant: Entry, bucketCount: Int) {
    self.vacant = vacant
    let count = Self.powerOfTwo(bucketCount)
    mask = count - 1
    unsafe buckets = Self.emptyBuckets(count)
  }

  deinit {
    // Each was allocated here and is given back once; entries are plain bits.
    unsafe buckets.deallocate()
    unsafe chunks.forEach { unsafe $0.deallocate() }
  }

  /// How many buckets there are.
  var bucketCount: Int { mask + 1 }

  /// How many places there are.
  var placeCount: Int { unsafe chunks.count << Self.chunkBits }

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
      // In bounds: the array checks the chunk, and the rest is below the chunk's size; all of it was initialized.
      yield unsafe chunks[place >> Self.chunkBits][place & Self.chunkMask]
    }
    @inline(__always) _modify {
      // In bounds: as above.
      yield unsafe &chunks[place >> Self.chunkBits][place & Self.chunkMask]
    }
  }

  /// Adds vacant places.
  mutating func addPlaces() {
    let chunk = UnsafeMutablePointer<Entry>.allocate(capacity: Self.chunkMask + 1)
    // In bounds: as many as were allocated.
    unsafe chunk.initialize(repeating: vacant, count: Self.chunkMask + 1)
    unsafe chunks.append(chunk)
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
    let entry = unsafe UnsafeRawPointer(chunks[place >> Self.chunkBits] + (place & Self.chunkMask))
    // In bounds: as with the subscript, and the second line only of entries that have one. Nothing is read.
    unsafe prefetch_line(entry)
    if MemoryLayout<Entry>.size > 64 { unsafe prefetch_line(entry + 64) }
  }

  private static func emptyBuckets(_ count: Int) -> UnsafeMutablePointer<UInt64> {
    let buckets = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
    // In bounds: as many as were allocated.
    unsafe buckets.initialize(repeating: 0, count: count)
    return unsafe buckets
  }

  private static func powerOfTwo(_ count: Int) -> Int {
    count <= 1 ? 1 : 1 << (Int.bitWidth - (count - 1).leadingZeroBitCount)
  }

  private static var chunkBits: Int { 10 }
  private static var chunkMask: Int { 1 << chunkBits - 1 }
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
