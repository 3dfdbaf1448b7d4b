@testable import Traffic

/// An SCTP association that a test speaks packet by packet.
struct SCTPLine {
  var client: Socket
  var server: Socket
  var clientTag: UInt32 = 0xAAAA_0001
  var serverTag: UInt32 = 0xBBBB_0002
  /// Other ends under which the same packets are seen, on interfaces of their own, one router later.
  var translated: [(client: Socket, server: Socket)] = []

  enum Chunk: UInt8 {
    case data = 0
    case initiation = 1
    case initiationAck = 2
    case sack = 3
    case heartbeat = 4
    case heartbeatAck = 5
    case abort = 6
    case shutdown = 7
    case shutdownAck = 8
    case cookieEcho = 10
    case cookieAck = 11
    case shutdownComplete = 14
  }

  /// A packet of the client; it bears the server's tag but for an INIT.
  func ask(_ tape: inout Tape, _ chunk: Chunk, tag: UInt32? = nil, flags: UInt8 = 0) {
    let right = chunk == .initiation ? 0 : serverTag
    send(&tape, fromClient: true, packet(chunk, own: clientTag, tag: tag ?? right, flags: flags))
  }

  /// A packet of the server; it bears the client's tag but for an INIT.
  func reply(_ tape: inout Tape, _ chunk: Chunk, tag: UInt32? = nil, flags: UInt8 = 0) {
    let right = chunk == .initiation ? 0 : clientTag
    send(&tape, fromClient: false, packet(chunk, own: serverTag, tag: tag ?? right, flags: flags))
  }

  func open(_ tape: inout Tape) {
    ask(&tape, .initiation)
    reply(&tape, .initiationAck)
    ask(&tape, .cookieEcho)
    reply(&tape, .cookieAck)
  }

  func talk(_ tape: inout Tape) {
    ask(&tape, .data)
    reply(&tape, .sack)
    reply(&tape, .data)
    ask(&tape, .sack)
  }

  func close(_ tape: inout Tape) {
    ask(&tape, .shutdown)
    reply(&tape, .shutdownAck)
    ask(&tape, .shutdownComplete)
  }

  /// The same association between other addresses.
  func elsewhere(_ client: Address, _ server: Address) -> SCTPLine {
    var line = self
    line.client = Socket(client, self.client.port)
    line.server = Socket(server, self.server.port)
    return line
  }

  /// What of its INIT an ICMP error quotes.
  var opening: [UInt8] {
    Wire.ip(
      client.address, server.address, inside: 132,
      ports(fromClient: true, client, server) + packet(.initiation, own: clientTag, tag: 0, flags: 0))
  }

  private func packet(_ chunk: Chunk, own: UInt32, tag: UInt32, flags: UInt8) -> [UInt8] {
    let content: [UInt8]
    switch chunk {
    case .initiation, .initiationAck: content = Wire.number32(own) + [UInt8](repeating: 1, count: 12)
    case .data: content = [UInt8](repeating: 0x78, count: 16)
    case .sack: content = [UInt8](repeating: 0, count: 12)
    case .shutdown: content = [0, 0, 0, 1]
    default: content = []
    }
    return Wire.join(
      Wire.number32(tag), [0, 0, 0, 0], [chunk.rawValue, flags], Wire.number16(content.count + 4), content)
  }

  private func ports(fromClient: Bool, _ client: Socket, _ server: Socket) -> [UInt8] {
    let (source, destination) = fromClient ? (client, server) : (server, client)
    return Wire.number16(Int(source.port)) + Wire.number16(Int(destination.port))
  }

  private func send(_ tape: inout Tape, fromClient: Bool, _ packet: [UInt8]) {
    let legs = [(client, server)] + translated
    let seen = legs.indices.map { index in
      let (client, server) = legs[index]
      let (source, destination) = fromClient ? (client, server) : (server, client)
      let routers = fromClient ? index : legs.count - 1 - index
      return Tape.Sighting(
        nanoseconds: tape.clock + Int64(routers) * 10_000, interface: UInt32(index + 2),
        packet: Wire.ip(
          source.address, destination.address, inside: 132,
          ports(fromClient: fromClient, client, server) + packet, hops: UInt8(64 - routers)))
    }
    tape.packets.append(fromClient ? seen : seen.reversed())
    tape.clock += 1_000_000
  }
}
