import Traffic

/// What reads one capture file; it stands at the next frame.
///
/// A value, so that its parts are at hand while frame after frame is read; of an object each had to be asked for anew.
struct CaptureReader: ~Copyable {
  /// The next frame; nil when there is none.
  private(set) var record: CaptureRecord?
  /// How reading ended; it may go on while this is nil.
  private(set) var ending: CaptureReading.Ending?
  /// Frames given so far.
  private(set) var packets: UInt64 = 0

  private let path: String
  private var window: ByteWindow
  /// One of the two forms is what the file has.
  private let classic: ClassicCapture?
  private var nextGeneration: NextGenerationCapture?

  /// Opens a file, `-` for standard input, and stands at its first frame.
  static func open(_ path: String) throws(CaptureError) -> CaptureReader {
    var window = ByteWindow(try FileDescriptor(reading: path), path: path)
    guard try window.holds(4) else {
      guard window.count > 0 else { throw .empty(path: path) }
      throw .notACapture(path: path, looks: Guess.look(window))
    }
    let magic = window.number32(0, isBig: true)
    var classic: ClassicCapture?
    var nextGeneration: NextGenerationCapture?
    if magic == NextGenerationCapture.magic {
      guard try window.holds(NextGenerationCapture.shortestSection) else {
        throw .notACapture(path: path, looks: .headless)
      }
      nextGeneration = NextGenerationCapture()
    } else if let order = ClassicCapture.order(magic: magic) {
      classic = try ClassicCapture(&window, isBig: order.isBig, isNano: order.isNano)
      guard classic != nil else { throw .notACapture(path: path, looks: .headless) }
    } else {
      _ = try window.holds(Guess.length)
      throw .notACapture(path: path, looks: Guess.look(window))
    }
    var reader = CaptureReader(window, path: path, classic: classic, nextGeneration: nextGeneration)
    try reader.find()
    return reader
  }

  private init(
    _ window: consuming ByteWindow, path: String, classic: ClassicCapture?,
    nextGeneration: NextGenerationCapture?
  ) {
    self.window = window
    self.path = path
    self.classic = classic
    self.nextGeneration = nextGeneration
  }

  /// Lends the next frame, and those behind it as long as they are earlier than `until`.
  @inline(__always)
  mutating func read(
    until: Instant, _ body: (borrowing CaptureRecord, RawSpan) -> Void
  ) throws(CaptureError) {
    while let record {
      window.lend(record.frame) { body(record, $0) }
      packets += 1
      window.advance(record.length)
      try find()
      guard let next = self.record, next.instant < until else { return }
    }
  }

  /// What tells this file from others; a pipe's is known when it was read to its end.
  func fingerprint() throws(CaptureError) -> Fingerprint { try window.fingerprint() }

  /// Whether it can only be read as it arrives.
  var isPipe: Bool { window.isPipe }

  /// How many bytes were read, of how many.
  var progress: (read: UInt64, size: UInt64?) { (window.offset, window.size) }

  /// What the file says about drops.
  var losses: [InterfaceLoss] { nextGeneration?.losses ?? [] }

  private mutating func next() throws(CaptureError) -> Next {
    if let classic { return try classic.next(&window) }
    return try nextGeneration?.next(&window) ?? .end
  }

  private mutating func find() throws(CaptureError) {
    record = nil
    guard ending == nil else { return }
    switch try next() {
    case .record(let found): record = found
    case .end: ending = .whole
    case .cut: ending = .cut(offset: window.offset)
    case .damage(let what):
      ending = .damaged(.damaged(path: path, offset: window.offset, records: packets, what: what))
    }
  }
}
