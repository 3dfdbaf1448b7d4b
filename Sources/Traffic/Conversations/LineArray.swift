import CMemory

/// Plain values, as many as a power of two, counted round and round; each line of memory holds whole ones.
///
/// It asks for memory ahead of its use, which a Swift array can't. From half a mebibyte on it lies in large pages, where
/// the system has them: the way to a small page is longer than that to the line in it.
@safe
struct LineArray<Element: BitwiseCopyable>: ~Copyable {
  private let elements: UnsafeMutablePointer<Element>
  private let mask: Int

  /// The least power of two that is not below `count`, of one value: a few, to begin with.
  init(repeating value: Element, few count: Int) {
    let count = count <= 1 ? 1 : 1 << (Int.bitWidth - (count - 1).leadingZeroBitCount)
    mask = count - 1
    let size = count * MemoryLayout<Element>.stride
    precondition(size < Self.page)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: Self.line)
    // In bounds: as many as were allocated.
    unsafe elements = memory.initializeMemory(as: Element.self, repeating: value, count: count)
  }

  /// Twice as many as another has, of one value; nil when there is no memory for them.
  init?(repeating value: Element, twiceAsManyAs other: borrowing LineArray) {
    let count = 2 * other.count
    let room = Self.room(for: count)
    let memory: UnsafeMutableRawPointer
    if room < Self.page {
      unsafe memory = .allocate(byteCount: room, alignment: Self.line)
    } else {
      let isLarge = room >= Self.largePage
      guard let reserved = unsafe reserve_memory(room, isLarge ? Self.largePage : Self.page) else {
        return nil
      }
      // In bounds: as much as was reserved.
      guard unsafe open_memory(reserved, room) != 0 else {
        unsafe release_memory(reserved, room)
        return nil
      }
      // In bounds: as much as was reserved, which is whole pages.
      if isLarge { unsafe enlarge_pages(reserved, room) }
      unsafe memory = reserved
    }
    mask = count - 1
    // In bounds: as many as there is room for.
    unsafe elements = memory.initializeMemory(as: Element.self, repeating: value, count: count)
  }

  deinit {
    let room = Self.room(for: count)
    // It was taken here, as much and in this way, and is given back once; the values are plain bits.
    if room < Self.page { unsafe elements.deallocate() } else { unsafe release_memory(elements, room) }
  }

  /// How many bytes are taken for as many: from a page on whole ones, which do not come from the heap.
  private static func room(for count: Int) -> Int {
    let size = count * MemoryLayout<Element>.stride
    let isLarge = size >= largePage / 4
    return isLarge ? (size + largePage - 1) & ~(largePage - 1) : size
  }

  /// How many values there are.
  var count: Int { mask + 1 }

  /// The value with this number, counted round and round.
  subscript(number: Int) -> Element {
    @inline(__always) get {
      // In bounds: the mask leaves numbers below the count.
      unsafe elements[number & mask]
    }
    @inline(__always) set {
      // In bounds: the mask leaves numbers below the count.
      unsafe elements[number & mask] = newValue
    }
  }

  /// Asks for a value's line of memory.
  @inline(__always)
  func prefetch(_ number: Int) {
    // In bounds: the mask leaves numbers below the count. Nothing is read.
    unsafe prefetch_line(elements + (number & mask))
  }

  private static var line: Int { 64 }
  /// The largest page that any machine has.
  private static var page: Int { 1 << 16 }
  private static var largePage: Int { 1 << 21 }
}
