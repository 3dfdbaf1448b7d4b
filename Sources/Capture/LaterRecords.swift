import Traffic

/// Looks whether records go on behind one that claims more than the rest of the file.
///
/// A recorder that is stopped leaves a record cut, and nothing behind it. A record whose lengths are damaged, both
/// alike, looks the same; but behind its true end the next records stand, each where the one before says, up to the
/// end of the file. What a packet carries may be a capture too, so their times must be near that of the record before.
struct LaterRecords {
  private let form: ClassicCapture
  /// The second of the last record that made sense, and of the one in question.
  private let seconds: [Int64]

  init(_ form: ClassicCapture, near seconds: [Int64]) {
    self.form = form
    self.seconds = seconds
  }

  /// Whether there are any in the window, which holds all that is left of the file from the record in question on: a
  /// place from which records follow each other to the end of the file, where the last may be cut.
  ///
  /// Places are looked at from the end, so that what follows each is known already and no byte is looked at twice.
  func exist(in window: borrowing ByteWindow) -> Bool {
    let header = ClassicCapture.recordHeaderLength
    guard window.count >= 2 * header else { return false }
    var begins = [Bool](repeating: false, count: window.count)
    for place in stride(from: window.count - header, through: header, by: -1) {
      guard let length = plausible(window, place) else { continue }
      let next = place + header + length
      let isLast = next + header > window.count
      begins[place] = isLast || begins[next]
      // One record that ends with the file is as good as two of which the last is cut.
      if begins[place], !isLast || next == window.count { return true }
    }
    return false
  }

  /// How many bytes of a packet a record here holds, if it looks like one that follows.
  private func plausible(_ window: borrowing ByteWindow, _ place: Int) -> Int? {
    let head = form.head(window, place)
    let second = Int64(head.second)
    guard form.damage(head) == nil, head.captured > 0, head.captured <= form.longestKept,
      head.wireLength <= Self.longestPacket, seconds.contains(where: { abs($0 - second) <= Self.slack })
    else { return nil }
    return Int(head.captured)
  }

  /// Seconds between two records of a file that is not idle for longer.
  private static let slack: Int64 = 3_600
  /// Bytes on the wire: no network card joins more than 256 KiB into one packet, by a wide margin.
  private static let longestPacket: UInt32 = 1 << 20
}
