import Traffic

/// One scan, or the same one again and again: what each closed door saw of it, once in a scan at each of its pods.
///
/// An open door is no more than a part of it where it was knocked on just as they were: never twice in an hour at a pod,
/// in no more hours than they, for the first time in the first scan, and for the last time in the last one.
struct Sweeps {
  /// In how many hours the doors were knocked on, the largest number first.
  private let hours: [Int]
  private let first: ClosedRange<Instant>
  private let last: ClosedRange<Instant>
  private let doors: Int

  /// The scans that left so many doors closed, each knocked on once in a scan; nil where fewer were.
  init?(_ tried: [Evidence], atLeast doors: Int) {
    let once = tried.filter(Self.isOnceAnHour)
    guard once.count >= doors, let first = Self.span(once.map(\.first)),
      let last = Self.span(once.map(\.last))
    else { return nil }
    hours = once.map(\.hours).sorted(by: >)
    self.first = first
    self.last = last
    self.doors = doors
  }

  /// Whether what was seen of a door is no more than these scans.
  func hold(_ evidence: Evidence) -> Bool {
    Self.isOnceAnHour(evidence) && evidence.hours <= hours[doors - 1] && first.contains(evidence.first)
      && last.contains(evidence.last)
  }

  private static func isOnceAnHour(_ evidence: Evidence) -> Bool {
    evidence.conversations <= UInt64(evidence.hours * evidence.doorsOfPods)
  }

  /// From the first of these moments to the last, and at both ends as long as it was from one to the next, or a minute.
  private static func span(_ moments: [Instant]) -> ClosedRange<Instant>? {
    guard let first = moments.min(), let last = moments.max(), moments.count > 1 else { return nil }
    let pause = max(60, Int64(last.seconds(since: first)) / Int64(moments.count - 1))
    return first.advanced(bySeconds: -pause)...last.advanced(bySeconds: pause)
  }
}

extension Evidence {
  /// How many doors stand behind the one that was asked: each pod of a workload has its own, and a scan of addresses
  /// knocks on all of them.
  var doorsOfPods: Int { max(1, serverPods.count) }
}
