import CMemory

/// Plain values, as many as a power of two, counted round and round; each line of memory holds whole ones.
///
/// It asks for memory ahead of its use, which a Swift array can't. From half a mebibyte on it lies in large pages, where
/// the system has them: the way to a small page is longer than that to the line in it.
@safe
struct LineArray<Element: BitwiseCopyable>: ~Copyable {
  private let elements: UnsafeMutablePointer<Element>
  private let mask: Int

  /// The least power of two that is not below `count`, of one value.
  init(repeating value: Element, count: Int) {
    let count = count <= 1 ? 1 : 1 << (Int.bitWidth - (count - 1).leadingZeroBitCount)
    mask = count - 1
    let size = count * MemoryLayout<Element>.stride
    let isLarge = size >= Self.largePage / 4
    let room = isLarge ? (size + Self.largePage - 1) & ~(Self.largePage - 1) : size
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: room, alignment: isLarge ? Self.largePage : Self.line)
    // In bounds: as much as was allocated, which is whole pages.
    if isLarge { unsafe enlarge_pages(memory, room) }
    // In bounds: as many as were allocated.
    unsafe elements = memory.initializeMemory(as: Element.self, repeating: value, count: count)
  }

  deinit {
    // It was allocated here and is given back once; the values are plain bits.
    unsafe elements.deallocate()
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
  private static var largePage: Int { 1 << 21 }
}
