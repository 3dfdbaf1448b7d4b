import Kubernetes
import Traffic

/// For how long machines were recorded, as far as the recorders' names say which one is whose.
struct RecordedTime: Sendable {
  private let stretches: [String: ClosedRange<Instant>]

  /// From the first to the last that each recorder saw or counted.
  init(_ facts: KeptFacts) {
    let rows = facts.conversations
    var first = [Instant](repeating: .distantFuture, count: rows.recorders.count)
    var last = [Instant](repeating: .distantPast, count: rows.recorders.count)
    for portion in rows.portions {
      for row in portion {
        let place = Int(row.recorder)
        first[place] = min(first[place], row.activity.first)
        last[place] = max(last[place], row.lastSeen)
      }
    }
    var stretches: [String: ClosedRange<Instant>] = [:]
    for (place, name) in rows.recorders.enumerated() where first[place] <= last[place] {
      stretches[name] = first[place]...last[place]
    }
    for loss in facts.losses where loss.from <= loss.until {
      let known = stretches[loss.recorder] ?? loss.from...loss.until
      stretches[loss.recorder] = min(known.lowerBound, loss.from)...max(known.upperBound, loss.until)
    }
    self.stretches = stretches
  }

  /// For how long anybody recorded.
  var total: Duration { Self.time(Array(stretches.values)) }

  /// For how many whole minutes each of these machines was recorded, and any other.
  ///
  /// A recorder whose name is no machine's may have been on any of them: a file, or the rotation that it belongs to.
  func minutes(of machines: Set<String>) -> (each: [String: Int], other: Int) {
    var own: [String: [ClosedRange<Instant>]] = [:]
    var anywhere: [ClosedRange<Instant>] = []
    for (recorder, stretch) in stretches {
      // More may stand behind a machine's name, such as its boot.
      let name = String(recorder.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." })
      if machines.contains(name) { own[name, default: []].append(stretch) } else { anywhere.append(stretch) }
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
