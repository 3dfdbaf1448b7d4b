/// Says when it is time to look for conversations that are over; it goes by the packets' clock.
struct SweepClock {
  private var swept: Instant?

  mutating func isDue(at instant: Instant) -> Bool {
    guard let last = swept else {
      swept = instant
      return false
    }
    // A clock that was set back begins anew.
    guard last.advanced(bySeconds: Self.period) <= instant || instant.advanced(bySeconds: Self.period) < last
    else { return false }
    swept = instant
    return true
  }

  private static let period: Int64 = 10
}
