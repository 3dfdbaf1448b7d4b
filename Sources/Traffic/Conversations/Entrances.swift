/// Which end of a leg asked, and by which interface what each end sent came in first: all in one byte.
///
/// Interfaces stand by their places in the leg's set.
struct Entrances: BitwiseCopyable {
  /// The lowest bit for who asked, and three for each end: 0 for no entrance, 1 to 4 for a place, 7 for several.
  private var bits: UInt8

  init(client: SocketPair.End) {
    bits = client.rawValue
  }

  /// Who asked.
  var client: SocketPair.End {
    @inline(__always) get { bits & 1 == 0 ? .low : .high }
    set { bits = bits & ~1 | newValue.rawValue }
  }

  /// The place of the one interface by which what an end sent came in first; nil where there is none or several.
  func place(of end: SocketPair.End) -> Int? {
    let number = number(of: end)
    return (1...4).contains(number) ? Int(number) - 1 : nil
  }

  /// Takes note that it came in by the interface in this place, as early as by any other; nil for one in no place.
  mutating func note(_ end: SocketPair.End, by place: Int?) {
    let noted = place.map { UInt8($0) + 1 } ?? Self.several
    let known = number(of: end)
    set(known == 0 || known == noted ? noted : Self.several, of: end)
  }

  /// Takes note that something was seen earlier.
  mutating func forget(_ end: SocketPair.End) { set(0, of: end) }

  /// Takes note that interfaces changed their places: what came in came in by one of several.
  mutating func confuse() {
    for end in [SocketPair.End.low, .high] where number(of: end) != 0 { set(Self.several, of: end) }
  }

  private func number(of end: SocketPair.End) -> UInt8 { bits >> Self.shift(end) & 7 }

  private mutating func set(_ number: UInt8, of end: SocketPair.End) {
    bits = bits & ~(7 << Self.shift(end)) | number << Self.shift(end)
  }

  private static func shift(_ end: SocketPair.End) -> UInt8 { end == .low ? 1 : 4 }
  private static let several: UInt8 = 7
}
