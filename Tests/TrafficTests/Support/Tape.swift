@testable import Traffic

/// Packets in the order in which they were sent, each with all its sightings.
struct Tape {
  struct Sighting: Equatable {
    var nanoseconds: Int64
    var interface: UInt32
    var packet: [UInt8]
    /// Whether it went out by the interface.
    var isOutgoing = false
  }

  /// One group a packet.
  var packets: [[Sighting]] = []
  /// When the next packet is sent; 2026-11-20T08:58:00Z at first.
  var clock: Int64 = 1_795_165_080 * 1_000_000_000

  mutating func wait(milliseconds: Int64) {
    clock += milliseconds * 1_000_000
  }

  /// Sends one packet that is seen once or more, each sighting 10 µs after the one before.
  mutating func send(_ sightings: (interface: UInt32, packet: [UInt8])...) {
    packets.append(
      sightings.enumerated().map { index, sighting in
        Sighting(
          nanoseconds: clock + Int64(index) * 10_000, interface: sighting.interface, packet: sighting.packet)
      })
    clock += 1_000_000
  }

  func harvest(
    changes: OwnerChanges = .none, link: LinkType = .cooked2, limit: Int = 1 << 20, seed: UInt64 = 7,
    waiting: Int = 16, mayShowSeveralMachines: Bool = false
  ) -> Harvest {
    var recording = Recording(
      recorder: "test", changes: changes, overlays: .usual, limit: limit, seed: seed,
      waiting: Waiting(row: waiting))
    recording.mayShowSeveralMachines = mayShowSeveralMachines
    for sighting in packets.joined() {
      let frame = Wire.frame(
        sighting.packet, link: link, interface: sighting.interface, packetType: sighting.isOutgoing ? 4 : 0)
      Wire.lend(frame) { bytes in
        recording.note(
          bytes, link: link, at: Instant(nanoseconds: sighting.nanoseconds), wireLength: frame.count)
      }
    }
    return recording.finish()
  }
}

/// A TCP connection that a test speaks line by line.
struct Line {
  var client: Socket
  var server: Socket
  var clientNumber: UInt32 = 1_000
  var serverNumber: UInt32 = 900_000
  /// Other ends under which the same segments are seen, on interfaces of their own, one router later.
  var translated: [(client: Socket, server: Socket)] = []
  /// Whether each router lowers the hop limit, as they all should.
  var countsHops = true

  init(_ client: Socket, _ server: Socket, translated: [(client: Socket, server: Socket)] = []) {
    self.client = client
    self.server = server
    self.translated = translated
  }

  static let fin: UInt8 = 0x01
  static let syn: UInt8 = 0x02
  static let rst: UInt8 = 0x04
  static let ack: UInt8 = 0x10

  /// A segment of the client, with numbers counted from the initial ones.
  func ask(_ tape: inout Tape, _ flags: UInt8, _ offset: UInt32 = 0, ack: UInt32 = 0, bytes: Int = 0) {
    send(&tape, fromClient: true, flags, clientNumber &+ offset, serverNumber &+ ack, bytes)
  }

  /// A segment of the server.
  func reply(_ tape: inout Tape, _ flags: UInt8, _ offset: UInt32 = 0, ack: UInt32 = 0, bytes: Int = 0) {
    send(&tape, fromClient: false, flags, serverNumber &+ offset, clientNumber &+ ack, bytes)
  }

  func open(_ tape: inout Tape) {
    ask(&tape, Self.syn)
    reply(&tape, Self.syn | Self.ack, ack: 1)
    ask(&tape, Self.ack, 1, ack: 1)
  }

  func talk(_ tape: inout Tape) {
    ask(&tape, Self.ack, 1, ack: 1, bytes: 100)
    reply(&tape, Self.ack, 1, ack: 101, bytes: 300)
    ask(&tape, Self.ack, 101, ack: 301)
  }

  func close(_ tape: inout Tape) {
    ask(&tape, Self.fin | Self.ack, 101, ack: 301)
    reply(&tape, Self.fin | Self.ack, 301, ack: 102)
    ask(&tape, Self.ack, 102, ack: 302)
  }

  private func send(
    _ tape: inout Tape, fromClient: Bool, _ flags: UInt8, _ sequence: UInt32, _ acknowledgement: UInt32,
    _ bytes: Int
  ) {
    let legs = [(client, server)] + translated
    let seen = legs.indices.map { index in
      let (client, server) = legs[index]
      let (source, destination) = fromClient ? (client, server) : (server, client)
      let routers = countsHops ? (fromClient ? index : legs.count - 1 - index) : 0
      let segment = Wire.tcp(
        source.port, destination.port, sequence: sequence,
        acknowledgement: flags & Self.ack != 0 ? acknowledgement : 0, flags: flags,
        payload: Array(repeating: 0x78, count: bytes))
      return Tape.Sighting(
        nanoseconds: tape.clock, interface: UInt32(index + 2),
        packet: Wire.ip(source.address, destination.address, segment, hops: UInt8(64 - routers)))
    }
    // Replies pass the server's interface first.
    let inOrder = fromClient ? seen : seen.reversed()
    tape.packets.append(
      inOrder.enumerated().map { index, sighting in
        var sighting = sighting
        sighting.nanoseconds += Int64(index) * 10_000
        return sighting
      })
    tape.clock += 1_000_000
  }
}
