import Traffic

/// One capture file that is being read.
///
/// A class, because a run holds several of them in an array, which can't hold what can't be copied.
final class CaptureFile {
  /// The file as the user named it.
  let path: String
  private var reader: CaptureReader

  /// Opens a file, `-` for standard input, and stands at its first frame.
  init(path: String) throws(CaptureError) {
    self.path = path
    reader = try CaptureReader.open(path)
  }

  /// When the next frame was recorded; nil when there is none.
  var next: Instant? { reader.record?.instant }

  /// How reading ended; it may go on while this is nil.
  var ending: CaptureReading.Ending? { reader.ending }

  /// Frames given so far.
  var packets: UInt64 { reader.packets }

  /// Lends the next frame, and those behind it as long as they are earlier than `until`.
  func read(
    until: Instant, _ body: (borrowing CaptureRecord, RawSpan) -> Void
  ) throws(CaptureError) {
    try reader.read(until: until, body)
  }

  /// What tells this file from others; a pipe's is known when it was read to its end.
  func fingerprint() throws(CaptureError) -> Fingerprint { try reader.fingerprint() }

  /// Whether it can only be read as it arrives.
  var isPipe: Bool { reader.isPipe }

  /// How many bytes were read, of how many.
  var progress: (read: UInt64, size: UInt64?) { reader.progress }

  /// What the file says about drops.
  var losses: [InterfaceLoss] { reader.losses }
}
