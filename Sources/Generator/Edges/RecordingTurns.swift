import Traffic

/// Who recorded when within an hour: recorders that took turns can't have seen the same packet.
///
/// A recorder that doesn't say when it recorded may have seen what any other saw.
struct RecordingTurns {
  /// When recorders say that they counted, the earliest first.
  private let stretches: [Stretch]
  /// How many of them were met by now.
  private var met = 0
  /// Those that were met and go on.
  private var open: [Stretch] = []
  /// From when to when each recorder recorded in the present hour; nil where it says nothing of that hour.
  private var spans: [ClosedRange<Instant>?]
  /// The recorders that say anything of the present hour.
  private var present: [Int] = []

  private struct Stretch {
    let recorder: Int
    let from: Instant
    let until: Instant
  }

  /// The turns of recorders, which stand as their places, as their losses tell them.
  init(_ losses: [Loss], of recorders: [String]) {
    let places = Dictionary(zip(recorders, 0...), uniquingKeysWith: { first, _ in first })
    stretches = losses.compactMap { loss in
      guard let recorder = places[loss.recorder], loss.from <= loss.until else { return nil }
      return Stretch(recorder: recorder, from: loss.from, until: loss.until)
    }.sorted { $0.from < $1.from }
    spans = Array(repeating: nil, count: recorders.count)
  }

  /// What one recorder counted.
  struct Part {
    let recorder: UInt32
    let counts: Tally.Counts
  }
}

// What it can tell.
extension RecordingTurns {
  /// Goes on to a later hour, and tells whether any two recorders took turns in it.
  mutating func enter(_ hour: Activity) -> Bool {
    for recorder in present { spans[recorder] = nil }
    present.removeAll(keepingCapacity: true)
    while met < stretches.count, stretches[met].from <= hour.last {
      open.append(stretches[met])
      met += 1
    }
    open.removeAll { $0.until < hour.first }
    for stretch in open {
      if spans[stretch.recorder] == nil { present.append(stretch.recorder) }
      let span = max(stretch.from, hour.first)...min(stretch.until, hour.last)
      spans[stretch.recorder] = span.joined(spans[stretch.recorder])
    }
    let told = present.compactMap { spans[$0] }
    guard let lastBegin = told.map(\.lowerBound).max(), let firstEnd = told.map(\.upperBound).min() else {
      return false
    }
    return firstEnd < lastBegin
  }

  /// Takes note that a recorder recorded at a moment of the present hour, whatever it says of its own times.
  mutating func note(_ recorder: UInt32, at moment: Instant) {
    guard let span = spans[Int(recorder)], !span.contains(moment) else { return }
    spans[Int(recorder)] = span.joined(moment...moment)
  }

  /// The most that recorders of which no two recorded at the same time counted together.
  ///
  /// That much happened at least, for none of them saw what another did.
  func together(_ parts: [Part]) -> Tally.Counts {
    let told = parts.compactMap { part in spans[Int(part.recorder)].map { (span: $0, counts: part.counts) } }
      .sorted { $0.span.upperBound < $1.span.upperBound }
    // The most of the first so many, in the order in which they ended.
    var most = [Tally.Counts()]
    for (place, part) in told.enumerated() {
      var before = 0..<place
      while !before.isEmpty {
        let middle = before.lowerBound + before.count / 2
        let isOver = told[middle].span.upperBound < part.span.lowerBound
        before = isOver ? middle + 1..<before.upperBound : before.lowerBound..<middle
      }
      var sum = most[before.lowerBound]
      sum.add(part.counts)
      most.append(most[place].orMore(sum))
    }
    return parts.filter { spans[Int($0.recorder)] == nil }
      .reduce(most[told.count]) { $0.orMore($1.counts) }
  }
}

extension ClosedRange<Instant> {
  /// From the earlier beginning to the later end.
  fileprivate func joined(_ other: Self?) -> Self {
    guard let other else { return self }
    return Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
  }
}
