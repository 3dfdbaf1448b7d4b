import Traffic

/// One capture file that is being read; standing at its next frame.
///
/// A class, because a run holds several of them in an array, which can't hold what can't be copied.
final class CaptureFile {
  /// The file as the user named it.
  let path: String
  /// The next frame; nil when there is none.
  private(set) var record: CaptureRecord?
  /// How reading ended; it may go on while this is nil.
  private(set) var ending: CaptureReading.Ending?
  /// Frames given so far.
  private(set) var packets: UInt64 = 0

  private var window: ByteWindow
  private var form: Form

  private enum Form {
    case classic(ClassicCapture)
    case nextGeneration(NextGenerationCapture)

    mutating func next(_ window: inout ByteWindow) throws(CaptureError) -> Next {
      switch self {
      case .classic(let capture):
        return try capture.next(&window)
      case .nextGeneration(var capture):
        defer { self = .nextGeneration(capture) }
        return try capture.next(&window)
      }
    }
  }

  /// Opens a file, `-` for standard input, and stands at its first frame.
  init(path: String) throws(CaptureError) {
    self.path = path
    var window = ByteWindow(try FileDescriptor(reading: path), path: path)
    guard try window.holds(4) else {
      guard window.count > 0 else { throw .empty(path: path) }
      throw .notACapture(path: path, looks: Guess.look(window))
    }
    let magic = window.number32(0, isBig: true)
    if magic == NextGenerationCapture.magic {
      guard try window.holds(NextGenerationCapture.shortestSection) else {
        throw .notACapture(path: path, looks: .headless)
      }
      form = .nextGeneration(NextGenerationCapture())
    } else if let order = ClassicCapture.order(magic: magic) {
      guard let classic = try ClassicCapture(&window, isBig: order.isBig, isNano: order.isNano) else {
        throw .notACapture(path: path, looks: .headless)
      }
      form = .classic(classic)
    } else {
      _ = try window.holds(Guess.length)
      throw .notACapture(path: path, looks: Guess.look(window))
    }
    self.window = window
    try find()
  }

  /// Lends the frame that the file stands at.
  func lend(_ record: CaptureRecord, _ body: (RawSpan) -> Void) {
    window.lend(record.frame, body)
  }

  /// Goes on to the next frame.
  func advance() throws(CaptureError) {
    guard let record else { return }
    packets += 1
    window.advance(record.length)
    try find()
  }

  /// What tells this file from others; a pipe's is known when it was read to its end.
  func fingerprint() throws(CaptureError) -> Fingerprint { try window.fingerprint() }

  /// Whether it can only be read as it arrives.
  var isPipe: Bool { window.isPipe }

  /// How many bytes were read, of how many.
  var progress: (read: UInt64, size: UInt64?) { (window.offset, window.size) }

  /// What the file says about drops.
  var losses: [InterfaceLoss] {
    switch form {
    case .classic: []
    case .nextGeneration(let capture): capture.losses
    }
  }

  private func find() throws(CaptureError) {
    record = nil
    guard ending == nil else { return }
    switch try form.next(&window) {
    case .record(let found): record = found
    case .end: ending = .whole
    case .cut: ending = .cut(offset: window.offset)
    case .damage(let what):
      ending = .damaged(.damaged(path: path, offset: window.offset, records: packets, what: what))
    }
  }
}
