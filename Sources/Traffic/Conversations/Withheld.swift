/// Openings in the midst of a connection that its server still knows: they count when somebody answers them.
///
/// Anybody may send a SYN in another's name, so it must not end what is under way. But where the end of the old
/// connection was missed it is the beginning of the next, and then all its sightings are wanted.
struct Withheld<Unit: TransportUnit> {
  private struct Opening {
    let sighting: Sighting
    let unit: Unit
  }

  private var openings: [Opening] = []
  /// Where the next one goes when there is no more room.
  private var hand = 0
  private var latest = Instant.distantPast

  /// Remembers an opening, and tells how many are forgotten for it: nobody answered them.
  mutating func add(_ unit: Unit, _ sighting: Sighting) -> UInt64 {
    let expired = Ties.isWithin(latest, sighting.instant) ? 0 : takeAll()
    latest = max(latest, sighting.instant)
    let opening = Opening(sighting: sighting, unit: unit)
    guard openings.count == Self.most else {
      openings.append(opening)
      return expired
    }
    openings[hand] = opening
    hand = (hand + 1) % Self.most
    return expired + 1
  }

  /// Whether this answers one of them, or is one once more.
  @inline(__always)
  func hasOpening(before unit: Unit, _ sighting: Sighting) -> Bool {
    guard !openings.isEmpty, Ties.isWithin(latest, sighting.instant) else { return false }
    return openings.contains { Self.isOpening($0, before: unit, sighting) }
  }

  /// Takes out those that this answers, or that are the same.
  mutating func take(before unit: Unit, _ sighting: Sighting) -> [(sighting: Sighting, unit: Unit)] {
    guard hasOpening(before: unit, sighting) else { return [] }
    let taken = openings.filter { Self.isOpening($0, before: unit, sighting) }
    openings.removeAll { Self.isOpening($0, before: unit, sighting) }
    hand = 0
    return taken.map { ($0.sighting, $0.unit) }
  }

  /// Takes out the answers that told the number which this bears, and the openings that they answer.
  mutating func take(confirmedBy unit: Unit, _ sighting: Sighting) -> [(sighting: Sighting, unit: Unit)] {
    guard !openings.isEmpty, let tag = unit.pathTag else { return [] }
    let near = openings.filter {
      $0.sighting.pair == sighting.pair && Ties.isWithin($0.sighting.instant, sighting.instant)
    }
    let numbers = near.filter {
      $0.unit.isAnswer && $0.unit.ownNumber == tag && $0.sighting.sender != sighting.sender
    }.map(\.unit.openingNumber)
    guard !numbers.isEmpty else { return [] }
    func isTaken(_ opening: Opening) -> Bool {
      opening.sighting.pair == sighting.pair && numbers.contains(opening.unit.openingNumber)
    }
    let taken = openings.filter(isTaken)
    openings.removeAll(where: isTaken)
    hand = 0
    return taken.map { ($0.sighting, $0.unit) }
  }

  /// Forgets all, and tells how many there were.
  mutating func takeAll() -> UInt64 {
    defer { openings.removeAll(keepingCapacity: true) }
    hand = 0
    return UInt64(openings.count)
  }

  private static func isOpening(_ opening: Opening, before unit: Unit, _ sighting: Sighting) -> Bool {
    guard opening.sighting.pair == sighting.pair, Ties.isWithin(opening.sighting.instant, sighting.instant)
    else {
      return false
    }
    return unit.isAnswer
      ? opening.sighting.sender != sighting.sender && unit.answers(opening.unit)
      : opening.sighting.sender == sighting.sender && unit.openingNumber == opening.unit.openingNumber
  }

  /// How many are remembered: a client that uses its ports again at once has hardly so many on their way.
  private static var most: Int { 128 }
}
