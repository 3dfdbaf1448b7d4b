import Traffic

/// One capture file of a run: open only while its frames are due, so that a run may have thousands of them.
///
/// A class, because a run holds several of them in an array, which can't hold what can't be copied.
final class CaptureFile {
  /// The file as the user named it.
  let path: String
  /// Whether it can only be read as it arrives.
  let isPipe: Bool
  /// How many bytes there are, in a regular file.
  let size: UInt64?
  /// When the next frame was recorded; nil when there is none.
  private(set) var due: Instant?
  /// The times of the frames given so far.
  private(set) var times = FileTimes()
  /// How far back its frames go; nil as long as none was given.
  var stretch: Stretch?
  /// The link types of the frames given so far, in the order of their first appearance.
  private(set) var links: [LinkType] = []

  /// Nil before its frames are due and after them.
  private var reader: CaptureReader?
  private var outcome: Outcome?

  /// What is left of a file that was read.
  struct Outcome {
    let fingerprint: Fingerprint
    let packets: UInt64
    let offset: UInt64
    let ending: CaptureReading.Ending
    let losses: [InterfaceLoss]
  }

  /// Looks at a file, `-` for standard input, and at its first frame.
  init(path: String) throws(CaptureError) {
    self.path = path
    var reader = try CaptureReader.opening(path)
    isPipe = reader.isPipe
    size = reader.size
    due = try reader.due(after: times)
    // What comes through a pipe can't be had again.
    self.reader = isPipe ? consume reader : nil
  }

  /// Opens it, where that was not done.
  func open() throws(CaptureError) {
    guard outcome == nil else { return }
    if reader == nil { reader = try CaptureReader.opening(path) }
    try settle()
  }

  /// Gives the next frame and those after it that were recorded before a moment, at most so many; tells how many.
  @inline(__always)
  func give(
    until end: Instant, atMost limit: Int, _ body: (borrowing CaptureRecord, RawSpan) -> Void
  ) throws(CaptureError) -> Int {
    var times = times
    var links = links
    // The link type is one of the interface.
    var interface: UInt32?
    let count = try reader?.give(until: end, atMost: limit) { record, frame in
      times.note(record.instant)
      if interface != record.interface {
        interface = record.interface
        if !links.contains(record.link) { links.append(record.link) }
      }
      body(record, frame)
    }
    self.times = times
    self.links = links
    try settle()
    return count ?? 0
  }

  /// Whether it is open at the moment.
  var isOpen: Bool { reader != nil }

  /// What came of reading it; nil before its end.
  var end: Outcome? { outcome }

  /// How many bytes were read.
  var offset: UInt64 { outcome?.offset ?? reader?.offset ?? 0 }

  /// What tells this file from others; a pipe's is known when it was read to its end.
  func fingerprint() throws(CaptureError) -> Fingerprint {
    if let outcome { return outcome.fingerprint }
    if let found = try reader?.fingerprint() { return found }
    return try ByteWindow(try FileDescriptor(reading: path), path: path).fingerprint()
  }

  /// Sees when the next frame is due, and closes the file when there is none.
  private func settle() throws(CaptureError) {
    due = try reader?.due(after: times)
    guard due == nil, let ending = reader?.ending, let fingerprint = try reader?.fingerprint() else { return }
    outcome = Outcome(
      fingerprint: fingerprint, packets: reader?.packets ?? 0, offset: offset, ending: ending,
      losses: reader?.losses ?? [])
    reader = nil
  }
}
