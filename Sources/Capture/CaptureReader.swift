import Traffic

/// Goes through an open capture file, record by record.
///
/// A value, so that its parts are at hand while frame after frame is read; of an object each had to be asked for anew.
struct CaptureReader: ~Copyable {
  /// The file as the user named it.
  let path: String
  /// The next frame; nil when there is none.
  private(set) var record: CaptureRecord?
  /// How reading ended; it may go on while this is nil.
  private(set) var ending: CaptureReading.Ending?
  /// Frames given so far.
  private(set) var packets: UInt64 = 0

  private var window: ByteWindow
  /// One of the two forms is what the file has.
  private var classic: ClassicCapture?
  private var nextGeneration: NextGenerationCapture?

  /// Opens a file, `-` for standard input, and stands at its first frame.
  static func opening(_ path: String) throws(CaptureError) -> CaptureReader {
    var window = ByteWindow(try FileDescriptor(reading: path), path: path)
    guard try window.holds(4) else {
      guard window.count > 0 else { throw .empty(path: path) }
      throw .notACapture(path: path, looks: .short(bytes: window.count))
    }
    var classic: ClassicCapture?
    var nextGeneration: NextGenerationCapture?
    let magic = window.number32(0, isBig: true)
    if magic == NextGenerationCapture.magic {
      guard try window.holds(NextGenerationCapture.shortestSection) else {
        throw .notACapture(path: path, looks: .headless)
      }
      nextGeneration = NextGenerationCapture()
    } else if let order = ClassicCapture.order(magic: magic) {
      guard let found = try ClassicCapture(&window, isBig: order.isBig, isNano: order.isNano) else {
        throw .notACapture(path: path, looks: .headless)
      }
      guard found.version == ClassicCapture.readVersion else {
        throw .notACapture(path: path, looks: .otherCapture("pcap \(found.version)"))
      }
      classic = found
    } else {
      _ = try window.holds(Guess.length)
      throw .notACapture(path: path, looks: Guess.look(window))
    }
    var reader = CaptureReader(
      path: path, window: window, classic: classic, nextGeneration: nextGeneration)
    try reader.find()
    return reader
  }

  private init(
    path: String, window: consuming ByteWindow, classic: ClassicCapture?,
    nextGeneration: NextGenerationCapture?
  ) {
    self.path = path
    self.window = window
    self.classic = classic
    self.nextGeneration = nextGeneration
  }

  /// Gives the frame that the file stands at and those after it that were recorded before a moment, at most so many;
  /// tells how many.
  @inline(__always)
  mutating func give(
    until end: Instant, atMost limit: Int, _ body: (borrowing CaptureRecord, RawSpan) -> Void
  ) throws(CaptureError) -> Int {
    var count = 0
    while let next = record, count == 0 || count < limit && next.instant < end {
      if var form = classic {
        count += give(next, of: &form, until: end, atMost: limit - count, body)
        classic = form
      } else if var form = nextGeneration {
        // Not in two places, or its lists were copied.
        nextGeneration = nil
        count += give(next, of: &form, until: end, atMost: limit - count, body)
        nextGeneration = form
      }
      if record == nil { try find() }
    }
    return count
  }

  /// Gives a frame and those after it, as long as they are whole and at hand; `record` is then the next one, or nil
  /// where somebody has to look closer.
  @inline(__always)
  private mutating func give<Form: RecordForm>(
    _ first: CaptureRecord, of form: inout Form, until end: Instant, atMost limit: Int,
    _ body: (borrowing CaptureRecord, RawSpan) -> Void
  ) -> Int {
    var next: CaptureRecord? = first
    var count = 0
    let distance = window.lend { bytes in
      var place = 0
      while let record = next, count == 0 || count < limit && record.instant < end {
        body(record, bytes.extracting(place &+ record.frame.lowerBound..<place &+ record.frame.upperBound))
        count &+= 1
        place &+= record.length
        next = form.whole(bytes, at: place)
      }
      return place
    }
    record = next
    packets += UInt64(count)
    window.advance(distance)
    return count
  }

  /// When the next frame is due, behind those of these times; nil when there is none.
  mutating func due(after times: FileTimes) throws(CaptureError) -> Instant? {
    guard let record else { return nil }
    let next = times.isFar(record.instant) && !isPipe ? try following(record) : nil
    return FileTimes.due(record.instant, before: next)
  }

  /// When the frame behind the next one was recorded; nil where there is none, or something else is between them.
  @inline(never)
  private mutating func following(_ record: CaptureRecord) throws(CaptureError) -> Instant? {
    _ = try window.holds(min(record.length + Self.commonLength, ByteWindow.longestRecord))
    // Copies, for nothing is read on.
    if var form = classic { return window.lend { form.whole($0, at: record.length)?.instant } }
    if var form = nextGeneration { return window.lend { form.whole($0, at: record.length)?.instant } }
    return nil
  }

  /// How many bytes most records take at most.
  private static let commonLength = 65_536

  /// What tells this file from others; a pipe's is known when it was read to its end.
  func fingerprint() throws(CaptureError) -> Fingerprint { try window.fingerprint() }

  /// Whether it can only be read as it arrives.
  var isPipe: Bool { window.isPipe }

  /// How many bytes were read.
  var offset: UInt64 { window.offset }

  /// How many bytes there are, in a regular file.
  var size: UInt64? { window.size }

  /// What the file says about drops.
  var losses: [InterfaceLoss] { nextGeneration?.losses ?? [] }

  private mutating func next() throws(CaptureError) -> Next {
    if let next = try classic?.next(&window) { return next }
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
