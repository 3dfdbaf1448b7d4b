import Traffic

/// Which of several files is due: the one whose next frame is the earliest; of several at once, the one that began
/// first.
///
/// The order in which files were named makes no difference: of two that began at once their fingerprints tell which is
/// first. Only pipes, which have none before their end, come behind files and in that order.
struct MergeQueue {
  /// Files that are not open yet, the earliest last.
  private var waiting: [Entry]
  /// Open files, in the order of their ranks.
  private var open: [Entry] = []

  private struct Entry {
    let rank: Int
    let file: CaptureFile
    let due: Instant
  }

  init(_ files: [CaptureFile]) throws(CaptureError) {
    // A file without a frame is opened first, to be done with.
    let beginnings = files.map { $0.due ?? .distantPast }
    let counts = Dictionary(beginnings.map { ($0, 1) }, uniquingKeysWith: +)
    var claims: [Claim] = []
    for (place, file) in files.enumerated() {
      let isAlone = counts[beginnings[place]] == 1
      let bits = file.isPipe || isAlone ? 0 : try file.fingerprint().bits
      claims.append(Claim(begin: beginnings[place], isPipe: file.isPipe, bits: bits, place: place))
    }
    waiting = claims.sorted(by: <).enumerated().reversed().map { rank, claim in
      Entry(rank: rank, file: files[claim.place], due: claim.begin)
    }
  }

  /// What gives a file its rank.
  private struct Claim {
    let begin: Instant
    let isPipe: Bool
    let bits: UInt128
    /// The last resort: pipes, and files that are the same.
    let place: Int

    static func < (one: Claim, other: Claim) -> Bool {
      if one.begin != other.begin { return one.begin < other.begin }
      if one.isPipe != other.isPipe { return other.isPipe }
      return (one.bits, one.place) < (other.bits, other.place)
    }
  }

  /// The file that is due, and until when it stays so; nil when all are read.
  mutating func next() throws(CaptureError) -> (file: CaptureFile, until: Instant)? {
    open.removeAll { $0.file.due == nil }
    while let entry = waiting.last, open.isEmpty || entry.due <= earliest {
      waiting.removeLast()
      try entry.file.open()
      guard entry.file.due != nil else { continue }
      let place = open.firstIndex { $0.rank > entry.rank } ?? open.count
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
