/// Walks over a table, some places at a time, to find what is over.
///
/// A round is due every ten seconds of the packets' clock. A few steps are taken with every packet, so that no packet
/// has to wait for a whole round.
struct Sweep {
  private var due = Instant.distantPast
  /// Before this the clock was set back, and a round begins as well.
  private var earliest = Instant.distantFuture
  private var hand = 0
  private var end = 0

  /// The places to look at now, of those below `places`.
  @inline(__always)
  mutating func steps(at instant: Instant, below places: Int) -> Range<Int> {
    if instant >= due || instant < earliest { begin(at: instant, below: places) }
    guard hand < end else { return 0..<0 }
    let start = hand
    hand = min(hand + Self.stride, end)
    return start..<hand
  }

  private mutating func begin(at instant: Instant, below places: Int) {
    due = instant.advanced(bySeconds: Self.period)
    earliest = instant.advanced(bySeconds: -Self.period)
    // A round under way goes on to the places that came since.
    if hand == end { hand = 0 }
    end = places
  }

  private static let period: Int64 = 10
  private static let stride = 4
}
