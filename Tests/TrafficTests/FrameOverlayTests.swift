import TestSupport
import Testing

@testable import Traffic

private let client = Socket(test: "10.244.1.10", 40_000)
private let server = Socket(test: "10.244.2.11", 8_080)
private let client6 = Socket(test: "fd00:1::10", 40_000)
private let server6 = Socket(test: "fd00:2::11", 8_080)
private let nodes = (Address(test: "10.0.0.11"), Address(test: "10.0.0.12"))
private let nodes6 = (Address(test: "2001:db8::11"), Address(test: "2001:db8::12"))

private let inside4 = PacketBuilder.tcp(
  TCPSegment(.syn, sequence: 77), from: client, to: server, envelope: .init(identification: 5, hops: 63))
private let inside6 = PacketBuilder.tcp(
  TCPSegment(.syn, sequence: 77), from: client6, to: server6, envelope: .init(hops: 63))

private func carried(_ carrier: Carrier, _ packet: [UInt8], over6: Bool = false) -> [UInt8] {
  let (from, to) = over6 ? nodes6 : nodes
  return carrier.carry(packet, from: from, to: to, envelope: .init(identification: 99, hops: 30))
}

/// A datagram of one node to another, at a port of overlays.
private func datagram(_ payload: [UInt8], at port: UInt16 = 4789) -> [UInt8] {
  PacketBuilder.udp(payload, from: Socket(nodes.0, 50_000), to: Socket(nodes.1, port))
}

private let vxlan: [UInt8] = [8, 0, 0, 0, 0, 0, 1, 0]
private let ethernet4 = Wire.frame(inside4, link: .ethernet)

@Test("What an overlay carries is the conversation, with its own hops", arguments: Carrier.allCases)
func overlays(carrier: Carrier) throws {
  for over6 in [false, true] {
    let packet = try Wire.decode(carried(carrier, inside4, over6: over6)).get()
    #expect(packet.source == client)
    #expect(packet.destination == server)
    #expect(packet.hops == 63)
    #expect(packet.identification == 5)
    #expect(packet.interface == 9)
    guard case .segment(let segment) = packet.content else {
      Issue.record("no segment")
      continue
    }
    #expect(segment.isSYN && segment.sequence == 77 && segment.length == 0)
    #expect(try Wire.decode(carried(carrier, inside6, over6: over6)).get().source == client6)
  }
}

@Test("Up to four overlays are looked through; deeper ones are counted")
func nesting() throws {
  var packet = inside4
  for _ in 0..<4 { packet = carried(.vxlan, packet) }
  #expect(try Wire.decode(packet).get().source == client)
  expectPassed(carried(.geneve, packet), .overlayDepth)
}

@Test("The interface is that which showed the packet around")
func overlayInterface() throws {
  let frame = Wire.frame(carried(.vxlan, inside4), link: .cooked2, interface: 17)
  #expect(try Wire.decode(frame, link: .cooked2).get().interface == 17)
}

@Test("Tags inside an overlay are stepped over")
func tagsInside() throws {
  let tagged = Wire.frame(inside4, link: .ethernet, tags: [0x88A8, 0x8100])
  #expect(try Wire.decode(datagram(vxlan + tagged)).get().source == client)
}

@Test(
  "Exactly the ports that are known are an overlay's",
  arguments: [[], [4790], [0, 1, 0x7FFF, 0x8000, 0xFFFF]])
func allPorts(named: [UInt16]) throws {
  let ports = try #require(OverlayPorts(usualAnd: named))
  let found = (0...UInt16.max).filter { ports.contains($0) }
  #expect(Set(found) == Set(named + [4789, 8472, 6081]))
}

@Test("A port that is named is an overlay's, for both forms")
func overlayPorts() throws {
  let ports = try #require(OverlayPorts(usualAnd: [4790, 65_535]))
  let geneve: [UInt8] = [0, 0, 0x65, 0x58, 0, 0, 1, 0]
  for (port, header) in [(4790, vxlan), (65_535, geneve), (4789, geneve), (6081, vxlan)]
    as [(UInt16, [UInt8])]
  {
    let frame = datagram(header + ethernet4, at: port)
    #expect(try Wire.decode(frame, overlays: ports).get().source == client)
    #expect(
      try Wire.decode(frame).get().source == (port == 4789 || port == 6081 ? client : Socket(nodes.0, 50_000))
    )
  }
  #expect(OverlayPorts(usualAnd: [1, 2, 3, 4, 5]) != nil)
  #expect(OverlayPorts(usualAnd: [1, 2, 3, 4, 5, 6]) == nil)
  #expect(OverlayPorts(usualAnd: [1, 2, 3, 4, 5, 1, 4789, 8472, 6081]) != nil)
}

@Test(
  "A datagram at such a port whose header is no overlay's is an ordinary datagram",
  arguments: [
    [], Array("hello".utf8), Array("GET / HTTP/1.1".utf8) + ethernet4,
    // The flag is missing, another one is set, a reserved byte is.
    [0] + vxlan.dropFirst() + ethernet4, [0x0C] + vxlan.dropFirst() + ethernet4,
    [8, 0, 1, 0, 0, 0, 1, 0] + ethernet4, vxlan.dropLast() + [1] + ethernet4,
    // Geneve of version 1, with a reserved bit, with options longer than itself, around something unknown.
    [0x40, 0, 0x65, 0x58, 0, 0, 1, 0] + ethernet4, [0, 1, 0x65, 0x58, 0, 0, 1, 0] + ethernet4,
    [0x3F, 0, 0x65, 0x58, 0, 0, 1, 0] + ethernet4, [0, 0, 0x88, 0x47, 0, 0, 1, 0] + ethernet4,
    // No room for what they would carry: a frame, an IPv4 packet, an IPv6 packet.
    vxlan, vxlan + ethernet4.prefix(13), [0, 0, 0x65, 0x58, 0, 0, 1, 0] + ethernet4.prefix(13),
    [0, 0, 0x08, 0x00, 0, 0, 1, 0] + inside4.prefix(19), [0, 0, 0x86, 0xDD, 0, 0, 1, 0] + inside6.prefix(39),
  ] as [[UInt8]])
func noOverlay(payload: [UInt8]) throws {
  let packet = try Wire.decode(datagram(payload)).get()
  #expect(packet.source == Socket(nodes.0, 50_000))
  #expect(packet.destination == Socket(nodes.1, 4789))
  // From such a port it is an answer to an ordinary client.
  let back = PacketBuilder.udp(vxlan + ethernet4, from: Socket(nodes.0, 4789), to: Socket(nodes.1, 50_000))
  #expect(try Wire.decode(back).get().source == Socket(nodes.0, 4789))
}

@Test("A short datagram at such a port is a conversation whose asker is known, and so is its reply")
func shortConversation() {
  let (client, server) = (Socket(nodes.0, 50_000), Socket(nodes.1, 4789))
  var tape = Tape()
  for (from, to) in [(client, server), (server, client)] {
    tape.send((2, PacketBuilder.udp(vxlan + [1, 2, 3], from: from, to: to)))
  }
  #expect(tape.harvest().lines == ["10.0.0.11 > 10.0.0.12:4789 UDP replied first-sender x1"])
  // A length of the datagram's own that leaves no room, whatever the packet around says.
  var lying = datagram(vxlan + ethernet4)
  lying.replaceSubrange(24..<26, with: [0, 16])
  #expect((try? Wire.decode(lying).get().source) == Socket(nodes.0, 50_000))
}

@Test("An overlay that carries no conversation is counted by what it carries")
func passedInside() {
  let group = PacketBuilder.udp([1], from: client, to: Socket(test: "224.0.0.251", 5353))
  expectPassed(datagram(vxlan + Wire.frame([0, 1], link: .ethernet, etherType: 0x0806)), .arp)
  expectPassed(datagram(vxlan + [UInt8](repeating: 0xFF, count: 6) + ethernet4.dropFirst(6)), .multicast)
  expectPassed(carried(.geneve, group), .multicast)
  expectPassed(carried(.ip, PacketBuilder.ip(from: nodes.0, to: nodes.1, protocol: 50, [1])), .esp)
  expectPassed(datagram([0, 0x80, 0x65, 0x58, 0, 0, 1, 0] + ethernet4, at: 6081), .overlayControl)
  let local = PacketBuilder.tcp(TCPSegment(.syn, sequence: 1), from: Socket(test: "127.0.0.1", 1), to: server)
  expectPassed(carried(.vxlan, local), .loopback)
  expectPassed(Carrier.vxlan.carry(inside4, from: Address(test: "127.0.0.1"), to: nodes.1), .loopback)
}

@Test(
  "GRE of other versions, with a route, or around something else is GRE",
  arguments: [0x4000, 0x0001, 0x0800, 0])
func otherGRE(flags: Int) {
  let kind = flags == 0 ? 0x88BE : 0x0800
  let body = Wire.join(Wire.number16(flags), Wire.number16(kind), inside4)
  expectPassed(PacketBuilder.ip(from: nodes.0, to: nodes.1, protocol: 47, body), .gre)
}

@Test("GRE's checksum, key and number are stepped over")
func optionalGRE() throws {
  let body = Wire.join([0xB0, 0, 8, 0], [UInt8](repeating: 1, count: 12), inside4)
  #expect(
    try Wire.decode(PacketBuilder.ip(from: nodes.0, to: nodes.1, protocol: 47, body)).get().source == client)
}

@Test("What is wrong inside an overlay is told apart from what is wrong outside")
func wrongInside() {
  for carrier in Carrier.allCases {
    let packet = carried(carrier, inside4)
    // Up to the sequence numbers inside; 14 bytes of a TCP header are enough.
    for length in (packet.count - inside4.count)..<(packet.count - 10) {
      expectPassed(Array(packet.prefix(length)), .overlayCut, wireLength: packet.count)
    }
    expectPassed(Array(packet.prefix(19)), .cut, wireLength: packet.count)
    expectPassed(carried(carrier, [0x44] + inside4.dropFirst()), .overlayMalformed)
  }
  // IPv6 where IPv4 was said to be, and an empty overlay.
  expectPassed(PacketBuilder.ip(from: nodes.0, to: nodes.1, protocol: 4, inside6), .overlayMalformed)
  expectPassed(PacketBuilder.ip(from: nodes.0, to: nodes.1, protocol: 41, []), .overlayMalformed)
}

@Test("Bytes behind the packet around are not of the packet inside")
func trailer() {
  let short = PacketBuilder.ip(from: nodes.0, to: nodes.1, protocol: 4, Array(inside4.prefix(30)))
  expectPassed(short + inside4.dropFirst(30), .overlayMalformed)
}

@Test("Of a carrier in pieces the first is the conversation", arguments: Carrier.allCases)
func carrierInPieces(carrier: Carrier) throws {
  let long = PacketBuilder.tcp(
    TCPSegment(.ack, sequence: 77, acknowledgement: 5, payload: [UInt8](repeating: 0x78, count: 1_400)),
    from: client,
    to: server)
  let pieces = PacketBuilder.fragments(of: carried(carrier, long), size: 1_000)
  try #require(pieces.count == 2)
  #expect(try Wire.decode(pieces[0]).get().source == client)
  expectPassed(pieces[1], .fragment)
}

private func expectPassed(
  _ frame: [UInt8], _ reason: Passed, wireLength: Int? = nil, at location: SourceLocation = #_sourceLocation
) {
  guard case .failure(let found) = Wire.decode(frame, wireLength: wireLength) else {
    Issue.record("decoded", sourceLocation: location)
    return
  }
  #expect(found == reason, sourceLocation: location)
}
