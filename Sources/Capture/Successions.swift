import Traffic

/// Which file of a run goes on where another ended.
///
/// What began before a file did is seen from its middle, also where files of other machines began long ago. But a
/// recorder that begins a new file every hour misses nothing. So a file that begins soon after another ended takes its
/// place, and each place is taken once.
struct Successions {
  /// What files that ended left, in the order of their ends.
  private var left: [Stretch] = []

  /// What a file goes on with that begins at this moment.
  mutating func stretch(from begin: Instant) -> Stretch {
    guard let place = left.firstIndex(where: { $0.goesOn(at: begin) }) else { return Stretch() }
    return left.remove(at: place)
  }

  /// Takes note that a file ended, with what it leaves to the next.
  mutating func end(_ stretch: Stretch) { left.append(stretch) }
}
