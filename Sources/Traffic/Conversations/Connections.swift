/// Every connection of one transport that is under way, whatever number of interfaces shows it.
struct Connections<State: TransportState>: ~Copyable {
  var legs: SlotTable<Leg<State>>
  var ties: Ties
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

  /// Asks for the memory that noting a sighting with this hash will change, and tells where that is expected.
  @inline(__always)
  func prepareEntry(hash: UInt64) -> UInt32 { legs.prepareEntry(hash: hash) }

  /// Asks for the memory that tying the opening of a connection will need.
  @inline(never)
  func prepareTies(_ sighting: Sighting, _ unit: State.Unit) {
    // A guess, which costs no more than time where it is wrong: mostly the opening before an answer was seen.
    if unit.isAnswer { return ties.prepare(for: .both(unit.openingNumber, unit.ownNumber)) }
    let number = UInt64(unit.openingNumber)
    ties.prepare(for: Ties.Mark(end: sighting.source, kind: .client, numbers: number))
    ties.prepare(for: Ties.Mark(end: sighting.destination, kind: .server, numbers: number))
  }

  /// Takes note of what a packet says; what is over by now goes to the ledger.
  @inline(__always)
  mutating func note(_ sighting: Sighting, _ unit: State.Unit, ledger: inout Ledger) {
    sweepOn(at: sighting.instant, ledger: &ledger)
    var found = legs.place(of: sighting.pair, hash: sighting.hash, expected: sighting.expected)
    if let place = found,
      isOver(place, at: sighting.instant) || isAnother(sighting, unit, at: place)
    {
      settle(place, ledger: &ledger)
      found = nil
    } else if let place = found, let opened = openConfirmed(by: unit, sighting, at: place, ledger: &ledger) {
      found = opened
    } else if let place = found, !unit.isOpening, let another = legs[place].takeAnother(sighting, unit) {
      settle(place, ledger: &ledger)
      found = insert(another, hash: sighting.hash)
    }
    if found == nil, noteOnOtherPath(sighting, unit) { return }
    guard let place = found ?? open(sighting, unit, ledger: &ledger) else {
      ledger.pass(.overflow)
      return
    }
    note(sighting, unit, at: place, ledger: &ledger)
  }

  @inline(__always)
  private mutating func note(
    _ sighting: Sighting, _ unit: State.Unit, at place: Int, ledger: inout Ledger
  ) {
    let hadTags = legs[place].state.tags != nil
    legs[place].note(sighting, unit)
    if unit.isOpening {
      let fromClient = sighting.sender == legs[place].client
      if legs[place].state.isOwnOpening(unit, fromClient: fromClient) {
        tieOpening(place, sighting, isAnswer: unit.isAnswer)
      } else if !unit.isAnswer || State.Unit.isEachAnswered && withheld.hasOpening(before: unit, sighting) {
        ledger.pass(.staleOpening, times: withheld.add(unit, sighting))
      }
    } else if legs[place].state.isMidstream {
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
    // Where each opening is answered, the answer shows nothing.
    return !State.Unit.isEachAnswered && withheld.hasOpening(before: unit, sighting)
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

  @inline(never)
  private mutating func open(_ sighting: Sighting, _ unit: State.Unit, ledger: inout Ledger) -> Int? {
    if legs.isFull { makeRoom(at: sighting.instant, ledger: &ledger) }
    let leg = Leg<State>(sighting, isOpening: unit.isOpening, isAnswer: unit.isAnswer)
    guard let place = insert(leg, hash: sighting.hash) else { return nil }
    if unit.isOpening { noteWithheld(before: unit, sighting, at: place, ledger: &ledger) }
    return place
  }

  /// Opens the connection that a packet shows to be the one that goes on here: it bears the number that a withheld answer
  /// told its client.
  @inline(__always)
  private mutating func openConfirmed(
    by unit: State.Unit, _ sighting: Sighting, at place: Int, ledger: inout Ledger
  ) -> Int? {
    guard State.Unit.isEachAnswered, !unit.isOpening else { return nil }
    let earlier = withheld.take(confirmedBy: unit, sighting)
    guard let first = earlier.first else { return nil }
    settle(place, ledger: &ledger)
    guard let opened = open(first.sighting, first.unit, ledger: &ledger) else { return nil }
    for one in earlier { note(one.sighting, one.unit, at: opened, ledger: &ledger) }
    return opened
  }

  private mutating func insert(_ leg: Leg<State>, hash: UInt64) -> Int? {
    guard let place = legs.insert(leg, hash: hash) else { return nil }
    legs[place].next = place
    return place
  }

  /// Takes note of the sightings of an opening that counts now.
  @inline(never)
  private mutating func noteWithheld(
    before unit: State.Unit, _ sighting: Sighting, at place: Int, ledger: inout Ledger
  ) {
    for earlier in withheld.take(before: unit, sighting) {
      note(earlier.sighting, earlier.unit, at: place, ledger: &ledger)
    }
  }

  /// Whether every leg of a connection is over.
  @inline(__always)
  private func isOver(_ place: Int, at instant: Instant) -> Bool {
    guard legs[place].isOver(at: instant) else { return false }
    return areAll(place) { $0.isOver(at: instant) }
  }

  func areAll(_ start: Int, _ condition: (borrowing Leg<State>) -> Bool) -> Bool {
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
      guard legs[hand].serial != 0, legs[hand].canLeave(at: instant), part(hand, fromStayingAt: instant)
      else {
        continue
      }
      return settle(hand, ledger: &ledger)
    }
  }

  /// How many places a packet that finds the table full may look at.
  private static var longestSearch: Int { 64 }

  @inline(never)
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
