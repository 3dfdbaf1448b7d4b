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

  /// Whether there are any in the window, which holds all that is left of the file from the record in question on.
  func exist(in window: borrowing ByteWindow) -> Bool {
    let header = ClassicCapture.recordHeaderLength
    var place = header
    while place + header <= window.count {
      if isChain(from: place, in: window) { return true }
      place += 1
    }
    return false
  }

  /// Whether records follow each other from here to the end of the file, where the last may be cut.
  private func isChain(from start: Int, in window: borrowing ByteWindow) -> Bool {
    let header = ClassicCapture.recordHeaderLength
    var place = start
    var count = 0
    while place + header <= window.count {
      guard let length = plausible(window, place) else { return false }
      place += header + length
      count += 1
    }
    // One record that ends with the file is as good as two of which the last is cut.
    return count > 1 || place == window.count
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
