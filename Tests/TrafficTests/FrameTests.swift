import TestSupport
import Testing

@testable import Traffic

private let one = Address(test: "10.244.1.10")
private let two = Address(test: "10.244.1.11")
private let six = Address(test: "fd00:1::10")
private let seven = Address(test: "fd00:1::11")
private let syn = Wire.tcp(40_000, 8_080, sequence: 77)
private let packet4 = Wire.ip(one, two, syn)
private let packet6 = Wire.ip(six, seven, syn)

struct Form: CustomTestStringConvertible {
  let testDescription: String
  let frame: [UInt8]
  let link: LinkType
  var isV6 = false
  var interface: UInt32 = 9
}

private let plain: [UInt8] = [0, 1, 4, 0, 0, 0, 0]

private func extended(_ headers: [(number: UInt8, rest: [UInt8])], inside: UInt8 = 6) -> [UInt8] {
  Wire.extended(six, seven, headers, syn, inside: inside)
}

@Test(
  "Every header form leads to the same segment",
  arguments: [
    Form(testDescription: "Ethernet", frame: Wire.frame(packet4, link: .ethernet), link: .ethernet),
    Form(
      testDescription: "802.1Q", frame: Wire.frame(packet4, link: .ethernet, tags: [0x8100]), link: .ethernet),
    Form(
      testDescription: "QinQ", frame: Wire.frame(packet4, link: .ethernet, tags: [0x88A8, 0x8100]),
      link: .ethernet),
    Form(
      testDescription: "Ethernet, padded to 60 bytes",
      frame: Wire.frame(packet4, link: .ethernet) + [0, 0, 0, 0, 0, 0], link: .ethernet),
    Form(testDescription: "cooked", frame: Wire.frame(packet4, link: .cooked), link: .cooked),
    Form(
      testDescription: "cooked 2", frame: Wire.frame(packet4, link: .cooked2, interface: 17), link: .cooked2,
      interface: 17),
    Form(
      testDescription: "cooked 2 with a tag",
      frame: Wire.frame(packet4, link: .cooked2, interface: 17, tags: [0x8100]), link: .cooked2, interface: 17
    ),
    Form(testDescription: "raw", frame: packet4, link: .raw),
    Form(testDescription: "null", frame: Wire.frame(packet4, link: .null), link: .null),
    Form(testDescription: "null of the other byte order", frame: [0, 0, 0, 2] + packet4, link: .null),
    Form(testDescription: "loop", frame: Wire.frame(packet4, link: .loop), link: .loop),
    Form(testDescription: "loop of the other byte order", frame: [2, 0, 0, 0] + packet4, link: .loop),
    Form(
      testDescription: "four tags of all kinds",
      frame: Wire.frame(packet4, link: .ethernet, tags: [0x9100, 0x88A8, 0x8100, 0x8100]), link: .ethernet),
    Form(
      testDescription: "cooked with two tags",
      frame: Wire.frame(packet4, link: .cooked, tags: [0x88A8, 0x8100]), link: .cooked),
    Form(
      testDescription: "cooked 2 with two tags",
      frame: Wire.frame(packet4, link: .cooked2, interface: 17, tags: [0x88A8, 0x8100]), link: .cooked2,
      interface: 17),
    Form(
      testDescription: "authentication header in IPv4",
      frame: Wire.ip(one, two, inside: 51, [6, 4, 0, 0] + Array(repeating: 1, count: 20) + syn), link: .raw),
    Form(
      testDescription: "the most IPv4 options",
      frame: Wire.ip(one, two, syn, options: Array(repeating: 1, count: 40)),
      link: .raw),
    Form(
      testDescription: "IPv4 options", frame: Wire.ip(one, two, syn, options: [7, 7, 4, 0, 0, 0, 0, 0]),
      link: .raw),
    Form(
      testDescription: "the first fragment", frame: Wire.ip(one, two, syn, fragment: 0x2000), link: .raw),
    Form(testDescription: "IPv6", frame: Wire.frame(packet6, link: .ethernet), link: .ethernet, isV6: true),
    Form(
      testDescription: "IPv6 on null", frame: Wire.frame(packet6, link: .null), link: .null, isV6: true),
    Form(
      testDescription: "hop-by-hop, destination and routing headers",
      frame: extended([(0, plain), (60, plain), (43, plain)]), link: .raw, isV6: true),
    Form(
      testDescription: "authentication header",
      frame: extended([(51, [4, 0, 0] + Array(repeating: 1, count: 20))]), link: .raw, isV6: true),
    Form(
      testDescription: "the first IPv6 fragment", frame: extended([(44, [0, 0, 1, 0, 0, 0, 9])]),
      link: .raw, isV6: true),
    Form(
      testDescription: "an atomic IPv6 fragment",
      frame: extended([(0, plain), (44, [0, 0, 0, 0, 0, 0, 9])]),
      link: .raw, isV6: true),
    Form(
      testDescription: "mobility, host identity and shim6 headers",
      frame: extended([(135, plain), (139, plain), (140, plain)]), link: .raw, isV6: true),
    Form(
      testDescription: "nine extension headers", frame: extended(Array(repeating: (60, plain), count: 9)),
      link: .raw, isV6: true),
  ])
func headerForms(form: Form) throws {
  let packet = try Wire.decode(form.frame, link: form.link).get()
  #expect(packet.source == Socket(form.isV6 ? six : one, 40_000))
  #expect(packet.destination == Socket(form.isV6 ? seven : two, 8_080))
  #expect(packet.interface == form.interface)
  guard case .segment(let segment) = packet.content else {
    Issue.record("no segment")
    return
  }
  #expect(segment.sequence == 77)
  #expect(segment.length == 0)
  #expect(segment.isSYN && !segment.hasAcknowledgement)
}

@Test(
  "Every system's number for IPv6 is known, in both byte orders",
  arguments: [10, 23, 24, 26, 28, 30] as [UInt8], [LinkType.null, .loop])
func families(family: UInt8, link: LinkType) throws {
  for order: [UInt8] in [[family, 0, 0, 0], [0, 0, 0, family]] {
    #expect(try Wire.decode(order + packet6, link: link).get().source == Socket(six, 40_000))
  }
}

@Test("The length of a payload is what the IP header says, not what was captured or padded")
func payloadLength() throws {
  let whole = Wire.ip(one, two, Wire.tcp(1, 2, flags: 16, payload: Array(repeating: 1, count: 500)))
  for frame in [whole, Array(whole.prefix(34)), whole + [0, 0, 0]] {
    guard case .segment(let segment) = try Wire.decode(frame, wireLength: whole.count).get().content else {
      Issue.record("no segment")
      continue
    }
    #expect(segment.length == 500)
  }
}

@Test("A packet that the card has yet to cut into segments is as long as it was on the wire")
func offloadedLength() throws {
  for (source, destination) in [(one, two), (six, seven)] {
    let packet = Wire.ip(source, destination, Wire.tcp(1, 2, flags: 16), length: 0)
    guard case .segment(let segment) = try Wire.decode(packet, wireLength: 70_000).get().content else {
      Issue.record("no segment")
      continue
    }
    #expect(segment.length == UInt32(70_000 - packet.count))
  }
}

@Test("A jumbogram is as long as it was on the wire, also inside an overlay")
func jumbogram() throws {
  // The option of RFC 2675: its kind, four bytes, and a length beyond 64 KiB.
  let option: [UInt8] = [0, 0xC2, 4, 0, 1, 0x11, 0x70]
  var packet = Wire.extended(six, seven, [(0, option)], Wire.tcp(1, 2, flags: 16), inside: 6)
  packet[4] = 0
  packet[5] = 0
  let inGRE = Wire.ip(one, two, inside: 47, [0, 0, 0x86, 0xDD] + packet, length: 0)
  for frame in [packet, inGRE] {
    guard case .segment(let segment) = try Wire.decode(frame, wireLength: 70_000).get().content else {
      Issue.record("no segment")
      continue
    }
    #expect(segment.length == UInt32(70_000 - frame.count))
  }
}

@Test(
  "Of a packet in pieces the first is the conversation, and the others are counted",
  arguments: Transport.allCases)
func pieces(kind: Transport) throws {
  let bytes = [UInt8](repeating: 0x78, count: 600)
  for (source, destination) in [(one, two), (six, seven)] {
    let (from, to) = (Socket(source, 40_000), Socket(destination, 8_080))
    let packet =
      switch kind {
      case .tcp:
        PacketBuilder.tcp(
          TCPSegment(.ack, sequence: 77, acknowledgement: 5, payload: bytes), from: from, to: to)
      case .udp: PacketBuilder.udp(bytes, from: from, to: to)
      case .sctp: PacketBuilder.sctp(SCTPPacket(tag: 7, .data(bytes, number: 9)), from: from, to: to)
      }
    let pieces = PacketBuilder.fragments(of: packet, size: 256)
    #expect(pieces.count == 3)
    let first = try Wire.decode(pieces[0]).get()
    #expect(first.source == from)
    #expect(first.destination == to)
    switch first.content {
    case .segment(let segment): #expect(segment.length == 256 - 20)
    case .datagram(let datagram): #expect(datagram.payload.count == 256 - 8 && !datagram.isWhole)
    case .chunks(let chunks): #expect(chunks.kinds == .data)
    case .refusal: Issue.record("a refusal")
    }
    for piece in pieces.dropFirst() {
      guard case .failure(let reason) = Wire.decode(piece) else {
        Issue.record("decoded")
        continue
      }
      #expect(reason == .fragment)
    }
  }
}
