/// Every UDP exchange that is under way: one pair of ends, until it is silent for a minute.
struct Exchanges {
  private var slots: Slots<SocketPair, Exchange>
  private var clock = SweepClock()

  init(limit: Int) {
    slots = Slots(limit: limit)
  }

  /// Takes note of a datagram; what is over by now goes to the ledger.
  mutating func note(_ packet: Packet, ledger: inout Ledger) {
    if clock.isDue(at: packet.instant) { sweep(at: packet.instant, ledger: &ledger) }
    let pair = SocketPair(packet.source, packet.destination)
    if let place = slots.place(of: pair), slots.value(at: place)?.isOver(at: packet.instant) == true {
      settle(place, ledger: &ledger)
    }
    guard let place = slots.place(of: pair) ?? slots.insert(Exchange(packet, pair: pair), for: pair) else {
      ledger.pass(.overflow)
      return
    }
    slots.update(place) { $0.note(packet) }
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

  private mutating func sweep(at instant: Instant, ledger: inout Ledger) {
    for place in slots.allPlaces where slots.value(at: place)?.isOver(at: instant) == true {
      settle(place, ledger: &ledger)
    }
  }

  private mutating func settle(_ place: Int, ledger: inout Ledger) {
    guard let exchange = slots.remove(place)?.value else { return }
    ledger.enter(exchange)
  }
}
