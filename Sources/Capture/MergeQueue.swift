import Traffic

/// Which of several files is due: the one whose next frame is the earliest, the first named of several.
struct MergeQueue {
  /// Files that are not open yet, the earliest last.
  private var waiting: [Entry]
  /// Open files, in the order in which they were named.
  private var open: [Entry] = []

  private struct Entry {
    let place: Int
    let file: CaptureFile
    let due: Instant
  }

  init(_ files: [CaptureFile]) {
    // A file without a frame is opened first, to be done with.
    waiting = files.enumerated().map { place, file in
      Entry(place: place, file: file, due: file.due ?? .distantPast)
    }
    .sorted { ($0.due, $0.place) > ($1.due, $1.place) }
  }

  /// The file that is due, and until when it stays so; nil when all are read.
  mutating func next() throws(CaptureError) -> (file: CaptureFile, until: Instant)? {
    open.removeAll { $0.file.due == nil }
    while let entry = waiting.last, open.isEmpty || entry.due <= earliest {
      waiting.removeLast()
      try entry.file.open()
      guard entry.file.due != nil else { continue }
      let place = open.firstIndex { $0.place > entry.place } ?? open.count
      open.insert(entry, at: place)
    }
    let others = waiting.last?.due ?? .distantFuture
    guard let first = open.first else { return nil }
    var best = (file: first.file, due: first.file.due ?? .distantFuture)
    var until = others
    for entry in open.dropFirst() {
      let due = entry.file.due ?? .distantFuture
      until = min(until, max(due, best.due))
      if due < best.due { best = (entry.file, due) }
    }
    return (best.file, until)
  }

  /// When the next frame of an open file was recorded.
  private var earliest: Instant { open.lazy.compactMap(\.file.due).min() ?? .distantFuture }
}
