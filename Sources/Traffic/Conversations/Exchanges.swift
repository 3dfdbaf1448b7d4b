/// Every UDP exchange that is under way, by its pair of ends.
struct Exchanges: ~Copyable {
  private var slots: SlotTable<Exchange>
  private var ties: Ties
  private var origins = Origins()
  private var sweep = Sweep()
  /// Where to look next for an exchange that can leave before its time.
  private var hand = 0
  /// Until when an exchange that is seen for the first time may be one that left early or found no room.
  private var lostUntil = Instant.distantPast

  init(limit: Int, seed: HashSeed) {
    slots = SlotTable(limit: limit, seed: seed)
    ties = Ties(limit: limit, seed: seed)
  }

  /// Asks for the memory that noting a sighting with this hash will read first.
  @inline(__always)
  func prepare(hash: UInt64) { slots.prepare(hash: hash) }

  /// Asks for the memory that noting a datagram will change: its exchange's, or what ties a new one; tells where the
  /// exchange is expected.
  @inline(never)
  func prepareEntry(_ sighting: Sighting, mark: UInt64) -> UInt32 {
    let expected = slots.prepareEntry(hash: sighting.hash)
    guard expected == 0 else { return expected }
    // A guess, which costs no more than time where it is wrong.
    let server = sighting.pair[Exchange.client(sighting, mayAnswer: true).other]
    ties.prepare(for: Ties.Mark(end: server, kind: .datagram, numbers: mark))
    return 0
  }

  /// Takes note of a datagram, of which `mark` tells how it begins; what is over by now goes to the ledger.
  ///
  /// `mayAnswer` says that it may be an answer of DNS, and `mayBeUnderWay` that its exchange, where none is known, may
  /// have begun unseen. `isFresh` says that an earlier sighting of it would have been captured.
  mutating func note(
    _ sighting: Sighting, mark: UInt64, mayAnswer: Bool, mayBeUnderWay: Bool, isFresh: Bool,
    ledger: inout Ledger
  ) {
    sweepOn(at: sighting.instant, ledger: &ledger)
    if let place = slots.place(of: sighting.pair, hash: sighting.hash, expected: sighting.expected) {
      if isCurrent(place, at: sighting.instant) { return noteMore(place, sighting, ledger: &ledger) }
      settle(place, ledger: &ledger)
    }
    if slots.isFull { makeRoom(at: sighting.instant, ledger: &ledger) }
    let isAfterLoss = sighting.instant < lostUntil
    let exchange = Exchange(
      sighting, mayAnswer: mayAnswer, mayBeUnderWay: mayBeUnderWay || isAfterLoss,
      isFresh: isFresh && !isAfterLoss)
    guard let place = slots.insert(exchange, hash: sighting.hash) else {
      noteLoss(at: sighting.instant)
      ledger.pass(.overflow)
      return
    }
    slots[place].note(sighting)
    tie(place, sighting, mark: mark)
  }

  /// Takes note that somebody refused a datagram; false when nobody was seen sending it.
  mutating func noteRefusal(_ sighting: Sighting) -> Bool {
    guard let place = slots.place(of: sighting.pair, hash: sighting.hash),
      !slots[place].isOver(at: sighting.instant)
    else { return false }
    slots[place].noteRefusal(from: sighting.sender)
    handOver(place, at: sighting.instant)
    return true
  }

  /// Hands everything to the ledger.
  mutating func settleAll(ledger: inout Ledger) {
    slots.close()
    for place in 0..<slots.end where slots[place].serial != 0 { settle(place, ledger: &ledger) }
    ledger.pass(.forgottenTie, times: ties.forgotten)
  }

  /// Finds out whether the first datagram is one that was seen already before or behind a masquerade.
  ///
  /// Both sightings go to one server and are alike but for the client and the hops left. A Service's address and its
  /// backend stay two exchanges, for which server a client means is decided at attribution.
  private mutating func tie(_ place: Int, _ sighting: Sighting, mark: UInt64) {
    // Without an identification only a question's own number and name make it one of its kind.
    let server = slots[place].server
    guard sighting.sender == slots[place].client, !slots[place].looksLikeReply,
      sighting.identification != 0 || server.port == DNS.port,
      let earlier = ties.exchange(
        Ties.Holder(
          place: UInt32(place), serial: slots[place].serial, instant: sighting.instant),
        for: Ties.Mark(end: server, kind: .datagram, numbers: mark)),
      slots.isStill(earlier.serial, at: Int(earlier.place)),
      slots[Int(earlier.place)].clientSocket.address != slots[place].clientSocket.address
    else { return }
    let (mine, theirs) = (slots[place].hops, slots[Int(earlier.place)].hops)
    if mine < theirs { noteMasquerade(place, of: Int(earlier.place)) }
    if mine > theirs { noteMasquerade(Int(earlier.place), of: place) }
  }

  private mutating func noteMasquerade(_ place: Int, of origin: Int) {
    slots[place].noteMasquerade()
    origins.note(Origins.Origin(place: UInt32(origin), serial: slots[origin].serial), of: place)
    slots[origin].takeBeginning(of: slots[place])
    handOver(place, at: slots[place].last)
  }

  /// Gives a reply or a refusal of an exchange behind a masquerade to the one before it, which alone is entered: either
  /// may be seen on one side only.
  private mutating func handOver(_ place: Int, at instant: Instant) {
    var place = place
    for _ in 0..<Origins.mostMasquerades {
      guard slots[place].isMasqueraded, let origin = origin(of: place, at: instant) else { return }
      slots[origin].takeOutcome(of: slots[place])
      place = origin
    }
  }

  private func origin(of place: Int, at instant: Instant) -> Int? {
    guard let origin = origins[place], slots.isStill(origin.serial, at: Int(origin.place)),
      !slots[Int(origin.place)].isOver(at: instant)
    else { return nil }
    return Int(origin.place)
  }

  /// Whether what is in a place goes on.
  ///
  /// What is behind a masquerade is kept by the exchange before it and no longer: the next ones have to be tied anew. But
  /// what is behind none goes on by itself, whoever made it seem so.
  private func isCurrent(_ place: Int, at instant: Instant) -> Bool {
    guard !slots[place].isOver(at: instant) else { return false }
    return !slots[place].isMasqueraded || origin(of: place, at: instant) != nil
      || !slots[place].isOverAlone(at: instant)
  }

  private mutating func noteMore(_ place: Int, _ sighting: Sighting, ledger: inout Ledger) {
    if slots[place].isOutlived(by: sighting) {
      ledger.enter(slots[place])
      slots[place].renew(with: sighting)
    }
    slots[place].note(sighting)
    guard slots[place].isMasqueraded, sighting.sender != slots[place].client else { return }
    handOver(place, at: sighting.instant)
  }

  @inline(__always)
  private mutating func sweepOn(at instant: Instant, ledger: inout Ledger) {
    for place in sweep.steps(at: instant, below: slots.end)
    where slots[place].serial != 0 && slots[place].isOver(at: instant) {
      settle(place, ledger: &ledger)
    }
  }

  /// Settles one exchange before its time, if one near at hand has been unanswered long enough for all its sightings
  /// to have come.
  private mutating func makeRoom(at instant: Instant, ledger: inout Ledger) {
    for _ in 0..<min(Self.longestSearch, slots.end) {
      hand = hand + 1 < slots.end ? hand + 1 : 0
      guard slots[hand].serial != 0, slots[hand].canLeave(at: instant) else { continue }
      noteLoss(at: instant)
      return settle(hand, ledger: &ledger)
    }
  }

  /// What is not in the table may be seen next from its middle.
  private mutating func noteLoss(at instant: Instant) {
    lostUntil = max(lostUntil, instant.advanced(bySeconds: Exchange.patience))
  }

  /// How many places a datagram that finds the table full may look at.
  private static let longestSearch = 64

  private mutating func settle(_ place: Int, ledger: inout Ledger) {
    let exchange = slots.remove(place)
    if exchange.direction == .seenAgain { ledger.pass(.masqueraded) }
    ledger.enter(exchange)
  }
}
