import Testing

@testable import Traffic

private let one = Address(test: "10.244.1.10")
private let two = Address(test: "10.244.1.11")
private let six = Address(test: "fd00:1::10")
private let seven = Address(test: "fd00:1::11")
private let syn = Wire.tcp(40_000, 8_080, sequence: 77)
private let packet4 = Wire.ip(one, two, syn)
private let plain: [UInt8] = [0, 1, 4, 0, 0, 0, 0]

private func extended(_ headers: [(number: UInt8, rest: [UInt8])], inside: UInt8 = 6) -> [UInt8] {
  Wire.extended(six, seven, headers, syn, inside: inside)
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
      reason: .lldp),
    Pass(
      testDescription: "MPLS", frame: Wire.frame(packet4, link: .ethernet, etherType: 0x8847),
      link: .ethernet,
      reason: .mpls),
    Pass(
      testDescription: "MPLS to many, behind a tag",
      frame: Wire.frame(packet4, link: .cooked2, etherType: 0x8848, tags: [0x8100]), link: .cooked2,
      reason: .mpls),
    Pass(
      testDescription: "PPPoE discovery", frame: Wire.frame([0x11], link: .ethernet, etherType: 0x8863),
      link: .ethernet, reason: .pppoe),
    Pass(
      testDescription: "a PPPoE session", frame: Wire.frame(packet4, link: .cooked, etherType: 0x8864),
      link: .cooked, reason: .pppoe),
    Pass(
      testDescription: "EAPOL", frame: Wire.frame([2, 0], link: .ethernet, etherType: 0x888E),
      link: .ethernet,
      reason: .eapol),
    Pass(
      testDescription: "spanning tree", frame: Wire.frame([0x42, 0x42, 3], link: .ethernet, etherType: 38),
      link: .ethernet, reason: .llc),
    Pass(
      testDescription: "802.2 on a cooked link",
      frame: Wire.frame([0x42, 0x42, 3], link: .cooked2, etherType: 4),
      link: .cooked2, reason: .llc),
    Pass(
      testDescription: "CAN on a cooked link", frame: Wire.frame([1], link: .cooked2, etherType: 12),
      link: .cooked2, reason: .otherProtocol),
    Pass(
      testDescription: "precision time", frame: Wire.frame([1], link: .ethernet, etherType: 0x88F7),
      link: .ethernet, reason: .otherProtocol),
    Pass(
      testDescription: "AppleTalk on null", frame: [16, 0, 0, 0] + packet4, link: .null,
      reason: .otherProtocol),
    Pass(testDescription: "a family cut short", frame: [0, 0, 0], link: .loop, reason: .cut),
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
    Pass(
      testDescription: "who has no address yet and asks all for one",
      frame: Wire.ip(
        Address(test: "0.0.0.0"), Address(test: "255.255.255.255"), inside: 17, Wire.udp(68, 67)),
      reason: .multicast),
    Pass(
      testDescription: "whether an IPv6 address is taken",
      frame: Wire.ip(Address(test: "::"), Address(test: "ff02::1:ff00:10"), inside: 58, [135, 0, 0, 0]),
      reason: .multicast),
    Pass(
      testDescription: "from nobody", frame: Wire.ip(Address(test: "0.0.0.0"), two, syn),
      reason: .impossibleEnds),
    Pass(
      testDescription: "to nobody", frame: Wire.ip(one, Address(test: "0.0.0.0"), syn),
      reason: .impossibleEnds),
    Pass(
      testDescription: "from nobody in IPv6", frame: Wire.ip(Address(test: "::"), seven, syn),
      reason: .impossibleEnds),
    Pass(
      testDescription: "to nobody in IPv6", frame: Wire.ip(six, Address(test: "::"), syn),
      reason: .impossibleEnds),
    Pass(
      testDescription: "from a group", frame: Wire.ip(Address(test: "224.0.0.1"), two, syn),
      reason: .impossibleEnds),
    Pass(
      testDescription: "from a group in IPv6", frame: Wire.ip(Address(test: "ff02::1"), seven, syn),
      reason: .impossibleEnds),
    Pass(
      testDescription: "from all", frame: Wire.ip(Address(test: "255.255.255.255"), two, syn),
      reason: .impossibleEnds),
    Pass(testDescription: "from port 0", frame: Wire.ip(one, two, Wire.tcp(0, 80)), reason: .impossibleEnds),
    Pass(testDescription: "to port 0", frame: Wire.ip(one, two, Wire.tcp(80, 0)), reason: .impossibleEnds),
    Pass(
      testDescription: "a datagram to port 0", frame: Wire.ip(one, two, inside: 17, Wire.udp(5_000, 0)),
      reason: .impossibleEnds),
    Pass(
      testDescription: "SCTP to port 0",
      frame: Wire.ip(
        one, two, inside: 132, Wire.join([0x27, 0x0F, 0, 0], [0, 0, 0, 9, 0, 0, 0, 0], [11, 0, 0, 4])),
      reason: .impossibleEnds),
    Pass(testDescription: "a later fragment", frame: Wire.ip(one, two, syn, fragment: 3), reason: .fragment),
    Pass(
      testDescription: "a later IPv6 fragment", frame: extended([(44, [0, 0, 8, 0, 0, 0, 9])]),
      reason: .fragment),
    Pass(
      testDescription: "IGMP", frame: Wire.ip(one, Address(test: "224.0.0.22"), inside: 2, [0x22, 0]),
      reason: .igmp),
    Pass(testDescription: "GRE", frame: Wire.ip(one, two, inside: 47, syn), reason: .gre),
    Pass(testDescription: "ESP", frame: extended([(0, plain)], inside: 50), reason: .esp),
    Pass(testDescription: "no next header", frame: extended([(135, plain)], inside: 59), reason: .nothing),
    Pass(
      testDescription: "OSPF to one neighbour", frame: Wire.ip(one, two, inside: 89, syn),
      reason: .otherTransport),
    Pass(
      testDescription: "a later fragment of what is authenticated",
      frame: Wire.ip(one, two, inside: 51, syn, fragment: 3), reason: .fragment),
    Pass(
      testDescription: "an authentication header beyond an IPv4 packet",
      frame: Wire.ip(one, two, inside: 51, [6, 200, 0, 0] + syn), reason: .malformed),
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

@Test("Who wants no answer may send datagrams from port 0, and class E is somebody's network")
func possibleEnds() throws {
  #expect(try Wire.decode(Wire.ip(one, two, inside: 17, Wire.udp(0, 514))).get().destination.port == 514)
  let reserved = Address(test: "240.0.0.1")
  #expect(try Wire.decode(Wire.ip(reserved, two, syn)).get().source.address == reserved)
}
