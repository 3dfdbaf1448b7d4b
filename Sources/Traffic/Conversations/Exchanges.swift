/// Every UDP exchange that is under way: one pair of ends, until it is silent for a minute.
struct Exchanges {
  private var slots: Slots<SocketPair, Exchange>
  private var ties: Ties
  private var serials: UInt64 = 0
  private var clock = SweepClock()

  init(limit: Int) {
    slots = Slots(limit: limit)
    ties = Ties(limit: limit)
  }

  /// Takes note of a datagram; what is over by now goes to the ledger.
  mutating func note(_ packet: Packet, _ datagram: Datagram, _ frame: RawSpan, ledger: inout Ledger) {
    if clock.isDue(at: packet.instant) { sweep(at: packet.instant, ledger: &ledger) }
    let pair = SocketPair(packet.source, packet.destination)
    if let place = slots.place(of: pair), slots.value(at: place)?.isOver(at: packet.instant) == true {
      settle(place, ledger: &ledger)
    }
    if let place = slots.place(of: pair) {
      slots.update(place) { $0.note(packet) }
      return
    }
    serials += 1
    guard let place = slots.insert(Exchange(packet, pair: pair, serial: serials), for: pair) else {
      ledger.pass(.overflow)
      return
    }
    slots.update(place) { $0.note(packet) }
    tie(place, packet, mark: datagram.mark(frame, identification: packet.identification))
  }

  /// Takes note that somebody refused a datagram.
  mutating func note(_ refusal: Refusal) -> Bool {
    guard let place = slots.place(of: SocketPair(refusal.source, refusal.destination)) else { return false }
    slots.update(place) { $0.noteRefusal(refusal) }
    return true
  }

  /// Hands everything to the ledger.
  mutating func settleAll(ledger: inout Ledger) {
    for place in slots.allPlaces { settle(place, ledger: &ledger) }
  }

  /// Finds out whether the first datagram is one that was seen already before or behind a masquerade.
  ///
  /// Both sightings go to one server and are alike but for the client and the hops left. A Service's address and its
  /// backend stay two exchanges, for which server a client means is decided at attribution.
  private mutating func tie(_ place: Int, _ packet: Packet, mark: UInt64) {
    // Without an identification only a question's own number and name make it one of its kind.
    guard let exchange = slots.value(at: place), packet.source == exchange.clientSocket,
      packet.identification != 0 || exchange.server.port == DNS.port,
      let earlier = ties.exchange(
        Ties.Sighting(place: place, serial: exchange.serial, instant: packet.instant),
        for: Ties.Mark(end: exchange.server, kind: .datagram, numbers: mark)),
      let other = slots.value(at: earlier.place), other.serial == earlier.serial,
      other.clientSocket.address != exchange.clientSocket.address
    else { return }
    if exchange.hops < other.hops { slots.update(place) { $0.isMasqueraded = true } }
    if exchange.hops > other.hops { slots.update(earlier.place) { $0.isMasqueraded = true } }
  }

  private mutating func sweep(at instant: Instant, ledger: inout Ledger) {
    for place in slots.allPlaces where slots.value(at: place)?.isOver(at: instant) == true {
      settle(place, ledger: &ledger)
    }
  }

  private mutating func settle(_ place: Int, ledger: inout Ledger) {
    guard let exchange = slots.remove(place)?.value, !exchange.isMasqueraded else { return }
    ledger.enter(exchange)
  }
}
