import Traffic

/// How many rows each recorder has, from when to when, and in which hours anybody has one.
struct RecorderRows {
  /// The rows of each recorder that has any.
  let counts: [String: Int]
  /// From when its first conversation began until any was seen last.
  let seen: [String: ClosedRange<Instant>]
  /// The hours of all of them.
  let hours: Set<Int64>

  init(_ conversations: Conversations) {
    var numbers = [Int](repeating: 0, count: conversations.recorders.count)
    var first = numbers.map { _ in Instant.distantFuture }
    var last = numbers.map { _ in Instant.distantPast }
    var hours: Set<Int64> = []
    var latest: Int64?
    for rows in conversations.portions {
      for row in rows {
        let recorder = Int(row.recorder)
        numbers[recorder] += 1
        first[recorder] = min(first[recorder], row.activity.first)
        last[recorder] = max(last[recorder], row.lastSeen)
        if row.hour != latest { hours.insert(row.hour) }
        latest = row.hour
      }
    }
    var counts: [String: Int] = [:]
    var seen: [String: ClosedRange<Instant>] = [:]
    for (place, name) in conversations.recorders.enumerated() where numbers[place] > 0 {
      counts[name] = numbers[place]
      seen[name] = first[place]...last[place]
    }
    self.counts = counts
    self.seen = seen
    self.hours = hours
  }
}
