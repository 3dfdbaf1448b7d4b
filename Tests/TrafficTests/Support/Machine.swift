@testable import Traffic

/// A machine whose every interface is recorded, and the packets that pass through it.
struct Machine {
  /// One interface and the way in which it shows a packet.
  enum View {
    case entering(UInt32)
    case leaving(UInt32)
  }

  private(set) var tape = Tape()
  private var connections: UInt32 = 0

  /// A machine that was recorded for a while before anything happens.
  init(isRecordedBefore: Bool = true) {
    guard isRecordedBefore else { return }
    let (one, other) = (Socket(test: "192.0.2.7", 50_000), Socket(test: "192.0.2.8", 53))
    pass(Wire.datagram(one, other), .leaving(2))
    tape.wait(milliseconds: 10_000)
  }

  /// A packet that each of these shows, with so many nanoseconds from one to the next, and one hop less behind each in
  /// `routers`, which are places among them.
  mutating func pass(
    _ packet: [UInt8], _ views: View..., apart nanoseconds: Int64 = 10_000, routers: [Int] = []
  ) {
    var sightings: [Tape.Sighting] = []
    for (place, view) in views.enumerated() {
      var packet = packet
      packet[packet[0] >> 4 == 6 ? 7 : 8] -= UInt8(routers.count { $0 < place })
      let moment = tape.clock + Int64(place) * nanoseconds
      switch view {
      case .entering(let index):
        sightings.append(Tape.Sighting(nanoseconds: moment, interface: index, packet: packet))
      case .leaving(let index):
        sightings.append(
          Tape.Sighting(nanoseconds: moment, interface: index, packet: packet, isOutgoing: true))
      }
    }
    tape.packets.append(sightings)
    tape.clock += 1_000_000
  }

  mutating func wait(seconds: Int64) { wait(milliseconds: seconds * 1_000) }

  mutating func wait(milliseconds: Int64) { tape.wait(milliseconds: milliseconds) }

  /// A connection with a word in each direction, from its first packet on or from the middle.
  mutating func connect(
    _ client: Socket, _ server: Socket, by entry: UInt32, to exit: UInt32, fromMiddle: Bool = false,
    seenOneWay: Bool = false
  ) {
    connections += 1
    let (mine, theirs) = (connections &* 7_919_003, connections &* 104_729_017)
    func say(_ isClient: Bool, _ flags: UInt8, _ own: UInt32, _ other: UInt32, bytes: Int = 0) {
      if seenOneWay, !isClient { return }
      let (from, to) = isClient ? (client, server) : (server, client)
      let segment = Wire.tcp(
        from.port, to.port, sequence: (isClient ? mine : theirs) &+ own,
        acknowledgement: flags & Line.ack == 0 ? 0 : (isClient ? theirs : mine) &+ other, flags: flags,
        payload: [UInt8](repeating: 1, count: bytes))
      pass(
        Wire.ip(from.address, to.address, segment), .entering(isClient ? entry : exit),
        .leaving(isClient ? exit : entry))
    }
    if !fromMiddle {
      say(true, Line.syn, 0, 0)
      say(false, Line.syn | Line.ack, 0, 1)
      say(true, Line.ack, 1, 1)
    }
    say(true, Line.ack, 1, 1, bytes: 10)
    say(false, Line.ack, 1, 11, bytes: 10)
    say(true, Line.ack, 11, 11, bytes: 10)
    say(false, Line.ack, 11, 21)
  }
}

extension Wire {
  /// A datagram with an identification, which IPv6 has not.
  static func datagram(
    _ source: Socket, _ destination: Socket, hops: UInt8 = 64, identification: Int = 0,
    payload: [UInt8] = [1, 2]
  ) -> [UInt8] {
    var packet = ip(
      source.address, destination.address, inside: 17,
      udp(source.port, destination.port, payload: payload), hops: hops)
    if source.address.isV4 { packet.replaceSubrange(4..<6, with: number16(identification)) }
    return packet
  }
}
