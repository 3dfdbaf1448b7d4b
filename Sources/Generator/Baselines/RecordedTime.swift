import Kubernetes
import Traffic

/// For how long machines were recorded, as far as the recorders' names say which one is whose.
struct RecordedTime: Sendable {
  private let stretches: [String: [ClosedRange<Instant>]]

  /// When each recorder says that it counted; of one that says nothing, from the first to the last that it saw.
  ///
  /// A run over two files of a quarter of an hour each has recorded half an hour, however far they are apart.
  init(_ facts: KeptFacts) {
    var stretches = Dictionary(grouping: facts.losses.filter { $0.from <= $0.until }, by: \.recorder)
      .mapValues { $0.map { $0.from...$0.until } }
    for (recorder, seen) in Self.seen(facts.conversations) where stretches[recorder] == nil {
      stretches[recorder] = [seen]
    }
    let window = facts.window
    self.stretches = stretches.compactMapValues { all in
      let within = all.filter { $0.overlaps(window) }.map { $0.clamped(to: window) }
      return within.isEmpty ? nil : within
    }
  }

  /// From the first to the last that each recorder saw.
  private static func seen(_ rows: Conversations) -> [String: ClosedRange<Instant>] {
    var first = [Instant](repeating: .distantFuture, count: rows.recorders.count)
    var last = [Instant](repeating: .distantPast, count: rows.recorders.count)
    for portion in rows.portions {
      for row in portion {
        let place = Int(row.recorder)
        first[place] = min(first[place], row.activity.first)
        last[place] = max(last[place], row.lastSeen)
      }
    }
    var seen: [String: ClosedRange<Instant>] = [:]
    for (place, name) in rows.recorders.enumerated() where first[place] <= last[place] {
      seen[name] = first[place]...last[place]
    }
    return seen
  }

  /// For how long anybody recorded.
  var total: Duration { Self.time(Array(stretches.values.joined())) }

  /// How often somebody began to record after nobody had for a minute.
  var count: Int {
    var count = 0
    var end = Instant.distantPast
    for stretch in stretches.values.joined().sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if count == 0 || end.advanced(bySeconds: 60) < stretch.lowerBound { count += 1 }
      end = max(end, stretch.upperBound)
    }
    return count
  }

  /// For how many whole minutes each of these machines was recorded, and any other.
  ///
  /// A recorder whose name is no machine's may have been on any of them: a file, or the rotation that it belongs to.
  func minutes(of machines: Set<String>) -> (each: [String: Int], other: Int) {
    var own: [String: [ClosedRange<Instant>]] = [:]
    var anywhere: [ClosedRange<Instant>] = []
    for (recorder, all) in stretches {
      // More may stand behind a machine's name, such as its boot.
      let name = String(recorder.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." })
      if machines.contains(name) { own[name, default: []] += all } else { anywhere += all }
    }
    func minutes(_ time: Duration) -> Int { Int(time.components.seconds / 60) }
    return (own.mapValues { minutes(Self.time(anywhere + $0)) }, minutes(Self.time(anywhere)))
  }

  /// The time that some stretches last together, each moment of it once.
  private static func time(_ stretches: [ClosedRange<Instant>]) -> Duration {
    var sum = Duration.zero
    var end = Instant.distantPast
    for stretch in stretches.sorted(by: { $0.lowerBound < $1.lowerBound }) where stretch.upperBound > end {
      sum += stretch.upperBound.time(since: max(end, stretch.lowerBound))
      end = stretch.upperBound
    }
    return sum
  }
}
