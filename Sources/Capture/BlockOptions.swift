/// The options of a pcapng block, one after the other (draft-ietf-opsawg-pcapng §3.5).
struct BlockOptions {
  private let isBig: Bool
  /// Where the block's options end: before its closing length.
  private let end: Int
  private var place: Int

  /// Those of a block of this length, which begin at this place of it.
  init(from start: Int, length: Int, isBig: Bool) {
    self.isBig = isBig
    place = start
    end = length - 4
  }

  /// The next option and where its value lies; nil when there is none, or none that fits.
  mutating func next(_ window: borrowing ByteWindow) -> (code: UInt16, value: Range<Int>)? {
    guard place + 4 <= end else { return nil }
    let code = window.number16(place, isBig: isBig)
    let start = place + 4
    let size = Int(window.number16(place + 2, isBig: isBig))
    guard code != 0, start + size <= end else { return nil }
    place = start + (size + 3) / 4 * 4
    return (code, start..<start + size)
  }
}
