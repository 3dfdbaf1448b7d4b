/// How legs that bear the same numbers come together, so that they are judged together: each leads to the next.
extension Connections {
  /// Ties the leg of an opening or an answer to others that began with its number.
  mutating func tieOpening(_ place: Int, _ sighting: Sighting, isAnswer: Bool) {
    guard let initial = legs[place].state.clientInitial else { return }
    let numbers = UInt64(initial)
    if isAnswer, let answer = legs[place].state.serverInitial {
      join(place, sighting, .both(initial, answer))
      // Its opening tied it, if it was seen.
      if legs[place].asked.hops != nil { return }
    }
    join(place, sighting, Ties.Mark(end: legs[place].clientSocket, kind: .client, numbers: numbers))
    join(place, sighting, Ties.Mark(end: legs[place].server, kind: .server, numbers: numbers))
  }

  /// Ties a leg of which only the middle was seen to others that show the same packet.
  mutating func tieMiddle(_ place: Int, _ sighting: Sighting, _ unit: State.Unit) {
    guard legs[place].packets <= Self.midstreamMarks else { return }
    join(place, sighting, Ties.Mark(end: sighting.source, kind: .sender, numbers: unit.numbers))
    join(place, sighting, Ties.Mark(end: sighting.destination, kind: .receiver, numbers: unit.numbers))
  }

  /// Ties a leg to the one that showed the same mark, unless that makes more than one connection can have.
  ///
  /// Then none of them is tied, nor who comes later: which four came first must not matter. What is tied is judged by
  /// `Parting` when it is over.
  private mutating func join(_ place: Int, _ sighting: Sighting, _ mark: Ties.Mark) {
    let mine = Ties.Holder(place: UInt32(place), serial: legs[place].serial, instant: sighting.instant)
    guard let earlier = ties.exchange(mine, for: mark), earlier.place != mine.place,
      legs.isStill(earlier.serial, at: Int(earlier.place))
    else { return }
    let other = Int(earlier.place)
    guard let count = countTogether(place, other) else { return }
    guard count <= Self.mostLegs, !legs[place].isCrowded, !legs[other].isCrowded else {
      crowd(place)
      crowd(other)
      return
    }
    let next = legs[place].next
    legs[place].next = legs[other].next
    legs[other].next = next
  }

  /// Unties a leg and all that it was tied to, for good.
  private mutating func crowd(_ start: Int) {
    var place = start
    repeat {
      let next = legs[place].next
      legs[place].noteCrowd()
      legs[place].next = place
      place = next
    } while place != start
  }

  /// How many legs two connections have, which may be one; nil when they are one already.
  @inline(__always)
  private func countTogether(_ one: Int, _ other: Int) -> Int? {
    var count = 0
    for start in [one, other] {
      var place = start
      repeat {
        count += 1
        place = legs[place].next
        if start == one, place == other { return nil }
      } while place != start
    }
    return count
  }

  /// Unties from a leg that can leave those that must stay; false when one of them may be of the same connection.
  mutating func part(_ start: Int, fromStayingAt instant: Instant) -> Bool {
    guard !areAll(start, { $0.canLeave(at: instant) }) else { return true }
    var leaving: [Int] = []
    var staying: [Int] = []
    var place = start
    repeat {
      if legs[place].canLeave(at: instant) { leaving.append(place) } else { staying.append(place) }
      place = legs[place].next
    } while place != start
    let parting = Parting((leaving + staying).map { legs[$0] })
    guard parting.areApart(leaving.count) else { return false }
    for ring in [leaving, staying] {
      for (one, next) in zip(ring, ring.dropFirst() + ring.prefix(1)) { legs[one].next = next }
    }
    return true
  }

  /// One translation a host and a host at each end make three legs; more are a scanner's or somebody's forgery.
  private static var mostLegs: Int { 4 }
  /// How many packets of a connection under way are compared: the capture may begin between two sightings.
  private static var midstreamMarks: UInt8 { 8 }
}
