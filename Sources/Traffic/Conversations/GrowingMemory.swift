import CMemory

/// Address space for as much as a table may ever hold, of which no more is memory than was opened.
///
/// What lies in it never moves, and growing copies nothing. From half a mebibyte on it lies in large pages, where the
/// system has them: a table is asked for places all over it, and the processor knows the way to few small pages.
@safe
struct GrowingMemory: ~Copyable {
  private var start: UnsafeMutableRawPointer?
  private var reserved = 0
  /// How many bytes may be used.
  private(set) var count = 0

  /// Nothing yet.
  init() {}

  deinit {
    // It was reserved here, as much, and is given back once.
    if let start = unsafe start { unsafe release_memory(start, reserved) }
  }

  /// The first byte; there must be some.
  @inline(__always)
  var first: UnsafeMutableRawPointer {
    // Never nil: who asks has compared a place with what `grow` opened.
    unsafe start.unsafelyUnwrapped
  }

  /// Opens more, of at most `limit` bytes in all; false when there is no more.
  mutating func grow(atMost limit: Int) -> Bool {
    guard unsafe start != nil || reserve(limit) else { return false }
    guard let start = unsafe start, count < reserved else { return false }
    let isLarge = count >= Self.largePage / 4
    let next = isLarge ? (count / Self.largePage + 1) * Self.largePage : max(Self.least, 2 * count)
    // In bounds: what is reserved is a multiple of a large page, and `next` is no further than the next such multiple.
    guard unsafe open_memory(start + count, next - count) != 0 else { return false }
    if isLarge {
      let page = next - Self.largePage
      // In bounds: `next` is a multiple of a large page, at least one.
      unsafe enlarge_pages(start + page, Self.largePage)
    }
    count = next
    return true
  }

  /// Reserves room for as many bytes; where there is less, at most half of what there is, for others need some too.
  private mutating func reserve(_ limit: Int) -> Bool {
    let wished = (min(max(limit, 1), Self.most) + Self.largePage - 1) & ~(Self.largePage - 1)
    let available = Self.available(of: wished)
    let size = available < wished ? (available / 2) & ~(Self.largePage - 1) : wished
    guard size > 0 else { return false }
    unsafe start = reserve_memory(size, Self.largePage)
    guard unsafe start != nil else { return false }
    reserved = size
    return true
  }

  /// How many bytes of address space are to be had in one piece, of so many that are wished for.
  static func available(of wished: Int) -> Int {
    if isAvailable(wished) { return wished }
    var (found, step) = (0, wished / 2)
    while step >= largePage {
      if isAvailable(found + step) { found += step }
      step /= 2
    }
    return found
  }

  private static func isAvailable(_ size: Int) -> Bool {
    guard let start = unsafe reserve_memory(size, largePage) else { return false }
    // It was reserved here, as much, and nobody has seen it.
    unsafe release_memory(start, size)
    return true
  }

  private static var largePage: Int { 1 << 21 }
  private static var least: Int { 1 << 14 }
  /// Of the 128 TiB of a process.
  private static var most: Int { 1 << 40 }
}
