/// Every TCP connection that is under way, whatever number of interfaces shows it.
struct Connections {
  private var legs: Slots<SocketPair, Leg>
  private var ties: Ties
  private var serials: UInt64 = 0
  private var clock = SweepClock()

  init(limit: Int) {
    legs = Slots(limit: limit)
    ties = Ties(limit: limit)
  }

  /// Takes note of a segment; what is over by now goes to the ledger.
  mutating func note(_ packet: Packet, _ segment: Segment, ledger: inout Ledger) {
    if clock.isDue(at: packet.instant) { sweep(at: packet.instant, ledger: &ledger) }
    let pair = SocketPair(packet.source, packet.destination)
    if let place = legs.place(of: pair), let leg = legs.value(at: place),
      isOver(place, at: packet.instant)
        || leg.handshake.isAnother(segment, fromClient: leg.isFromClient(packet))
    {
      settle(place, ledger: &ledger)
    }
    guard let place = legs.place(of: pair) ?? open(packet, segment, pair: pair) else {
      ledger.pass(.overflow)
      return
    }
    legs.update(place) { $0.note(packet, segment) }
    tie(place, packet, segment)
  }

  /// Takes note that somebody refused a segment.
  mutating func note(_ refusal: Refusal) -> Bool {
    guard let place = legs.place(of: SocketPair(refusal.source, refusal.destination)) else { return false }
    legs.update(place) { $0.noteRefusal(refusal) }
    return true
  }

  /// Hands everything to the ledger.
  mutating func settleAll(ledger: inout Ledger) {
    for place in legs.allPlaces where legs.value(at: place) != nil {
      settle(place, ledger: &ledger)
    }
  }

  private mutating func open(_ packet: Packet, _ segment: Segment, pair: SocketPair) -> Int? {
    serials += 1
    let leg = Leg(packet, segment, pair: pair, serial: serials)
    guard let place = legs.insert(leg, for: pair) else { return nil }
    legs.update(place) { $0.next = place }
    return place
  }

  private mutating func tie(_ place: Int, _ packet: Packet, _ segment: Segment) {
    guard let leg = legs.value(at: place) else { return }
    let sighting = Ties.Sighting(place: place, serial: leg.serial, instant: packet.instant)
    if segment.isSYN, let initial = leg.handshake.clientInitial {
      let numbers = UInt64(initial)
      join(sighting, packet, Ties.Mark(end: leg.clientSocket, kind: .client, numbers: numbers))
      join(sighting, packet, Ties.Mark(end: leg.server, kind: .server, numbers: numbers))
    } else if leg.handshake.isMidstream, leg.segments <= Self.midstreamMarks {
      join(sighting, packet, Ties.Mark(end: packet.source, kind: .sender, numbers: segment.numbers))
      join(sighting, packet, Ties.Mark(end: packet.destination, kind: .receiver, numbers: segment.numbers))
    }
  }

  private mutating func join(_ sighting: Ties.Sighting, _ packet: Packet, _ mark: Ties.Mark) {
    guard let earlier = ties.exchange(sighting, for: mark), earlier.place != sighting.place,
      let one = legs.value(at: sighting.place), let other = legs.value(at: earlier.place),
      other.serial == earlier.serial
    else { return }
    let mine = ring(sighting.place)
    guard !mine.contains(earlier.place), mine.count + ring(earlier.place).count <= Self.mostLegs,
      !isSeenTwice(packet, isFromClient: one.isFromClient(packet), by: other)
    else { return }
    legs.update(sighting.place) { $0.next = other.next }
    legs.update(earlier.place) { $0.next = one.next }
  }

  /// Whether one interface showed both legs at the same distance from the sender.
  ///
  /// Then nothing stood between them that could translate, and they are two connections that begin with the same
  /// number on purpose. Interface 0 is one that nobody named.
  private func isSeenTwice(_ packet: Packet, isFromClient: Bool, by other: Leg) -> Bool {
    let trail = isFromClient ? other.asked : other.replied
    return packet.interface != 0 && other.interfaces.contains(packet.interface) && trail.hops == packet.hops
  }

  private func ring(_ start: Int) -> [Int] {
    var places = [start]
    var place = legs.value(at: start)?.next ?? start
    while place != start, places.count < Self.mostLegs, let leg = legs.value(at: place) {
      places.append(place)
      place = leg.next
    }
    return places
  }

  /// One translation a host and a host at each end make three legs; more are somebody's forgery.
  private static let mostLegs = 4
  /// How many segments of a connection under way are compared: the capture may begin between two sightings.
  private static let midstreamMarks: UInt8 = 8

  private func isOver(_ place: Int, at instant: Instant) -> Bool {
    guard let leg = legs.value(at: place),
      leg.last.advanced(bySeconds: leg.patience) < instant
    else { return false }
    return ring(place).allSatisfy { other in
      guard let leg = legs.value(at: other) else { return true }
      return leg.last.advanced(bySeconds: leg.patience) < instant
    }
  }

  private mutating func sweep(at instant: Instant, ledger: inout Ledger) {
    for place in legs.allPlaces where isOver(place, at: instant) {
      settle(place, ledger: &ledger)
    }
  }

  private mutating func settle(_ place: Int, ledger: inout Ledger) {
    let members = ring(place).compactMap { legs.remove($0)?.value }
    // A translation keeps the server's number too: where two are known, two servers answered two connections.
    if Set(members.compactMap(\.handshake.serverInitial)).count > 1 {
      for leg in members { ledger.enter([leg]) }
    } else {
      ledger.enter(members)
    }
  }
}
