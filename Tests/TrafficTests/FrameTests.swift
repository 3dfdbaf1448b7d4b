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

/// An IPv6 packet with these extension headers, each given by its own number and its bytes from the second on.
private func extended(_ headers: [(number: UInt8, rest: [UInt8])], inside: UInt8 = 6) -> [UInt8] {
  let numbers = headers.map(\.number) + [inside]
  let bytes = headers.indices.flatMap { [numbers[$0 + 1]] + headers[$0].rest }
  return Wire.ip(six, seven, inside: numbers[0], bytes + syn)
}

private let plain: [UInt8] = [0, 1, 4, 0, 0, 0, 0]

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

struct Pass: CustomTestStringConvertible {
  let testDescription: String
  let frame: [UInt8]
  var link = LinkType.raw
  let reason: Passed
}

@Test(
  "What teaches nothing is passed under its name",
  arguments: [
    Pass(
      testDescription: "ARP", frame: Wire.frame([0, 1], link: .ethernet, etherType: 0x0806), link: .ethernet,
      reason: .arp),
    Pass(
      testDescription: "a broadcast on the link",
      frame: Wire.frame(packet4, link: .cooked2, packetType: 1), link: .cooked2, reason: .multicast),
    Pass(
      testDescription: "the interface lo", frame: Wire.frame(packet4, link: .cooked2, hardware: 772),
      link: .cooked2, reason: .loopback),
    Pass(
      testDescription: "netlink", frame: Wire.frame(packet4, link: .cooked, hardware: 824), link: .cooked,
      reason: .otherProtocol),
    Pass(
      testDescription: "LLDP", frame: Wire.frame([0], link: .ethernet, etherType: 0x88CC), link: .ethernet,
      reason: .otherProtocol),
    Pass(
      testDescription: "five tags",
      frame: Wire.frame(packet4, link: .ethernet, tags: Array(repeating: 0x8100, count: 5)), link: .ethernet,
      reason: .malformed),
    Pass(
      testDescription: "127/8", frame: Wire.ip(Address(test: "127.0.0.1"), two, syn), reason: .loopback),
    Pass(
      testDescription: "mDNS",
      frame: Wire.ip(one, Address(test: "224.0.0.251"), inside: 17, Wire.udp(5353, 5353)),
      reason: .multicast),
    Pass(
      testDescription: "IPv6 multicast",
      frame: Wire.ip(six, Address(test: "ff02::fb"), inside: 17, Wire.udp(5353, 5353)), reason: .multicast),
    Pass(testDescription: "a later fragment", frame: Wire.ip(one, two, syn, fragment: 3), reason: .fragment),
    Pass(
      testDescription: "a later IPv6 fragment", frame: extended([(44, [0, 0, 8, 0, 0, 0, 9])]),
      reason: .fragment),
    Pass(testDescription: "GRE", frame: Wire.ip(one, two, inside: 47, syn), reason: .otherTransport),
    Pass(testDescription: "ESP", frame: extended([(0, plain)], inside: 50), reason: .otherTransport),
    Pass(
      testDescription: "an echo request", frame: Wire.ip(one, two, inside: 1, [8, 0, 0, 0, 0, 1, 0, 1]),
      reason: .icmp),
    Pass(
      testDescription: "fragmentation needed",
      frame: Wire.unreachable(from: two, quoting: packet4, to: one, code: 4),
      reason: .icmp),
    Pass(
      testDescription: "an error that went to somebody else",
      frame: Wire.unreachable(from: two, quoting: packet4, to: Address(test: "10.244.1.66")), reason: .icmp),
    Pass(testDescription: "version 5", frame: [0x55] + packet4.dropFirst(), reason: .malformed),
    Pass(testDescription: "a header of 16 bytes", frame: [0x44] + packet4.dropFirst(), reason: .malformed),
    Pass(
      testDescription: "a total length within the header", frame: Wire.ip(one, two, syn, length: 30),
      reason: .malformed),
    Pass(
      testDescription: "a TCP header of 16 bytes",
      frame: Wire.ip(one, two, Wire.join(Array(syn[..<12]), [0x40], Array(syn[13...]))), reason: .malformed),
    Pass(
      testDescription: "a TCP header longer than the packet",
      frame: Wire.ip(one, two, Wire.join(Array(syn[..<12]), [0xF0], Array(syn[13...]))), reason: .malformed),
    Pass(
      testDescription: "a UDP length of 7", frame: Wire.ip(one, two, inside: 17, Wire.udp(1, 2, length: 7)),
      reason: .malformed),
    Pass(
      testDescription: "IPv4 addresses in an IPv6 header",
      frame: Wire.join(
        [0x60, 0, 0, 0, 0, 20, 6, 64], Array(repeating: 0, count: 10), [255, 255, 10, 244, 1, 10],
        Wire.bytes(seven), syn), reason: .malformed),
    Pass(
      testDescription: "ten extension headers",
      frame: extended(Array(repeating: (60, plain), count: 10)), reason: .malformed),
    Pass(
      testDescription: "an extension header beyond the packet",
      frame: extended([(60, [200] + plain.dropFirst())]), reason: .malformed),
    Pass(testDescription: "an unknown link", frame: packet4, link: .unknown(147), reason: .linkType),
    Pass(testDescription: "nothing", frame: [], reason: .cut),
    Pass(
      testDescription: "TCP without its numbers", frame: Array(packet4.prefix(30)), reason: .cut),
  ])
func passed(pass: Pass) {
  guard case .failure(let reason) = Wire.decode(pass.frame, link: pass.link) else {
    Issue.record("decoded")
    return
  }
  #expect(reason == pass.reason)
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

@Test("An ICMP error names the packet that it refuses", arguments: [(one, two), (six, seven)])
func refusals(source: Address, destination: Address) throws {
  let packet = Wire.ip(source, destination, syn)
  let error = Wire.unreachable(from: destination, quoting: packet, to: source)
  guard case .refusal(let refusal) = try Wire.decode(error).get().content else {
    Issue.record("no refusal")
    return
  }
  #expect(refusal.source == Socket(source, 40_000))
  #expect(refusal.destination == Socket(destination, 8_080))
  #expect(refusal.sequence == 77)
  #expect(refusal.transport == .tcp)
}
