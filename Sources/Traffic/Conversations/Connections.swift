/// Every connection of one transport that is under way, whatever number of interfaces shows it.
struct Connections<State: TransportState>: ~Copyable {
  private var legs: SlotTable<Leg<State>>
  private var ties: Ties
  private var paths: PathTable
  private var withheld = Withheld<State.Unit>()
  private var sweep = Sweep()
  /// Where to look next for a leg that can leave before its time.
  private var hand = 0

  init(limit: Int, seed: HashSeed) {
    legs = SlotTable(limit: limit, seed: seed)
    ties = Ties(limit: limit, seed: seed)
    paths = PathTable(limit: limit, seed: seed)
  }

  /// Asks for the memory that noting a sighting with this hash will read first.
  @inline(__always)
  func prepare(hash: UInt64) { legs.prepare(hash: hash) }

  /// Asks for the memory that noting a sighting with this hash will change.
  @inline(__always)
  func prepareEntry(hash: UInt64) { legs.prepareEntry(hash: hash) }

  /// Asks for the memory that tying the opening of a connection will need.
  @inline(never)
  func prepareTies(_ sighting: Sighting, _ unit: State.Unit) {
    let (client, server) =
      unit.isAnswer ? (sighting.destination, sighting.source) : (sighting.source, sighting.destination)
    let number = UInt64(unit.openingNumber)
    ties.prepare(for: Ties.Mark(end: client, kind: .client, numbers: number))
    ties.prepare(for: Ties.Mark(end: server, kind: .server, numbers: number))
  }

  /// Takes note of what a packet says; what is over by now goes to the ledger.
  mutating func note(_ sighting: Sighting, _ unit: State.Unit, ledger: inout Ledger) {
    sweepOn(at: sighting.instant, ledger: &ledger)
    var found = legs.place(of: sighting.pair, hash: sighting.hash)
    if let place = found,
      isOver(place, at: sighting.instant) || isAnother(sighting, unit, at: place)
    {
      settle(place, ledger: &ledger)
      found = nil
    }
    if found == nil, noteOnOtherPath(sighting, unit) { return }
    guard let place = found ?? open(sighting, unit, ledger: &ledger) else {
      ledger.pass(.overflow)
      return
    }
    note(sighting, unit, at: place, ledger: &ledger)
  }

  private mutating func note(
    _ sighting: Sighting, _ unit: State.Unit, at place: Int, ledger: inout Ledger
  ) {
    let hadTags = legs[place].state.tags != nil
    legs[place].note(sighting, unit)
    if unit.isOpening {
      let fromClient = sighting.sender == legs[place].client
      if legs[place].state.isOwnOpening(unit, fromClient: fromClient) {
        tieOpening(place, sighting)
      } else if !unit.isAnswer {
        ledger.pass(.staleOpening, times: withheld.add(unit, sighting))
      }
    } else if legs[place].state.isMidstream, legs[place].packets <= Self.midstreamMarks {
      tieMiddle(place, sighting, unit)
    }
    if !hadTags { keepPaths(place) }
  }

  /// Whether a packet shows that another connection began between the ends of this leg.
  @inline(__always)
  private func isAnother(_ sighting: Sighting, _ unit: State.Unit, at place: Int) -> Bool {
    guard unit.isOpening else { return false }
    let fromClient = sighting.sender == legs[place].client
    guard unit.isAnswer else { return legs[place].state.isAnother(unit, fromClient: fromClient) }
    return withheld.hasOpening(before: unit, sighting)
      && !legs[place].state.isOwnOpening(unit, fromClient: fromClient)
  }

  /// Takes note that somebody refused a packet with this number; false when nobody was seen sending it.
  mutating func noteRefusal(_ sighting: Sighting, of number: UInt32) -> Bool {
    guard let place = legs.place(of: sighting.pair, hash: sighting.hash), !isOver(place, at: sighting.instant)
    else { return false }
    legs[place].noteRefusal(from: sighting.sender, of: number)
    return true
  }

  /// Hands everything to the ledger.
  mutating func settleAll(ledger: inout Ledger) {
    legs.close()
    for place in 0..<legs.end where legs[place].serial != 0 { settle(place, ledger: &ledger) }
    ledger.pass(.forgottenTie, times: ties.forgotten)
    ledger.pass(.staleOpening, times: withheld.takeAll())
  }

  private mutating func open(_ sighting: Sighting, _ unit: State.Unit, ledger: inout Ledger) -> Int? {
    if legs.isFull { makeRoom(at: sighting.instant, ledger: &ledger) }
    guard
      let place = legs.insert(
        Leg(sighting, isOpening: unit.isOpening, isAnswer: unit.isAnswer), hash: sighting.hash)
    else { return nil }
    legs[place].next = place
    guard unit.isOpening else { return place }
    for earlier in withheld.take(before: unit, sighting) {
      note(earlier.sighting, earlier.unit, at: place, ledger: &ledger)
    }
    return place
  }

  private mutating func tieOpening(_ place: Int, _ sighting: Sighting) {
    guard let initial = legs[place].state.clientInitial else { return }
    let numbers = UInt64(initial)
    join(place, sighting, Ties.Mark(end: legs[place].clientSocket, kind: .client, numbers: numbers))
    join(place, sighting, Ties.Mark(end: legs[place].server, kind: .server, numbers: numbers))
  }

  private mutating func tieMiddle(_ place: Int, _ sighting: Sighting, _ unit: State.Unit) {
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

  /// One translation a host and a host at each end make three legs; more are a scanner's or somebody's forgery.
  private static var mostLegs: Int { 4 }
  /// How many packets of a connection under way are compared: the capture may begin between two sightings.
  private static var midstreamMarks: UInt8 { 8 }

  /// Whether every leg of a connection is over.
  @inline(__always)
  private func isOver(_ place: Int, at instant: Instant) -> Bool {
    guard legs[place].isOver(at: instant) else { return false }
    return areAll(place) { $0.isOver(at: instant) }
  }

  private func areAll(_ start: Int, _ condition: (borrowing Leg<State>) -> Bool) -> Bool {
    var place = start
    repeat {
      guard condition(legs[place]) else { return false }
      place = legs[place].next
    } while place != start
    return true
  }

  @inline(__always)
  private mutating func sweepOn(at instant: Instant, ledger: inout Ledger) {
    for place in sweep.steps(at: instant, below: legs.end)
    where legs[place].serial != 0 && isOver(place, at: instant) {
      settle(place, ledger: &ledger)
    }
  }

  /// Settles one connection before its time, if one near at hand has been closed or unanswered long enough for all
  /// its sightings to have come.
  ///
  /// Facts are kept all the same; only what comes late of it would be taken for something else. Connections that are
  /// established are never sent away for new ones.
  private mutating func makeRoom(at instant: Instant, ledger: inout Ledger) {
    for _ in 0..<min(Self.longestSearch, legs.end) {
      hand = hand + 1 < legs.end ? hand + 1 : 0
      guard legs[hand].serial != 0, legs[hand].canLeave(at: instant), canPart(hand, at: instant) else {
        continue
      }
      return settle(hand, ledger: &ledger)
    }
  }

  /// Unties from a leg that can leave those that must stay; false when one of them may be of the same connection.
  private mutating func canPart(_ start: Int, at instant: Instant) -> Bool {
    var leaving: [Int] = []
    var staying: [Int] = []
    var place = start
    repeat {
      if legs[place].canLeave(at: instant) { leaving.append(place) } else { staying.append(place) }
      place = legs[place].next
    } while place != start
    guard !staying.isEmpty else { return true }
    let parting = Parting((leaving + staying).map { legs[$0] })
    guard parting.areApart(leaving.count) else { return false }
    for ring in [leaving, staying] {
      for (one, next) in zip(ring, ring.dropFirst() + ring.prefix(1)) { legs[one].next = next }
    }
    return true
  }

  /// How many places a packet that finds the table full may look at.
  private static var longestSearch: Int { 64 }

  private mutating func settle(_ place: Int, ledger: inout Ledger) {
    guard legs[place].next != place else { return ledger.enter(take(place)) }
    var members: [Leg<State>] = []
    var next = place
    repeat {
      members.append(take(next))
      next = members[members.count - 1].next
    } while next != place
    ledger.enter(members)
  }

  private mutating func take(_ place: Int) -> Leg<State> {
    let leg = legs.remove(place)
    if let tags = leg.state.tags { paths.forget(tags, of: leg, at: place) }
    return leg
  }
}

/// Connections whose sides may each have several addresses (RFC 9260 §6.4): what they say on other paths than the one
/// they were opened on counts for them, and is no connection of its own.
extension Connections {
  /// Whether a packet between ends that are not known belongs to a connection that is, and was noted there.
  private mutating func noteOnOtherPath(_ sighting: Sighting, _ unit: State.Unit) -> Bool {
    guard let tag = unit.pathTag, !unit.isOpening,
      let holder = paths.holder(of: tag, from: sighting.source.port, to: sighting.destination.port),
      legs.isStill(holder.serial, at: holder.place), !isOver(holder.place, at: sighting.instant)
    else { return false }
    legs[holder.place].noteElsewhere(sighting, unit, fromClient: holder.isClient)
    return true
  }

  private mutating func keepPaths(_ place: Int) {
    guard let tags = legs[place].state.tags else { return }
    paths.keep(tags, of: legs[place], at: place)
  }
}
