@testable import TestSupport
import Testing
import Traffic

/// The packets of tests are packets that a real stack would take.
@Suite struct PacketBuilderTests {
  @Test func `an IPv4 header and its body both add up to nothing`() throws {
    let packet = PacketBuilder.udp(
      Array("odd".utf8), from: try socket("10.0.0.1"), to: try socket("10.0.0.2"))
    #expect(Self.sum(packet.prefix(20)) == 0xFFFF)
    let imagined = packet[12..<20] + [0, 17, 0, UInt8(packet.count - 20)]
    #expect(Self.sum(imagined + packet.dropFirst(20)) == 0xFFFF)
  }

  @Test func `a TCP segment over IPv6 adds up to nothing`() throws {
    let packet = PacketBuilder.tcp(
      TCPSegment(.syn, sequence: 7), from: try socket("2001:db8::1"), to: try socket("2001:db8::2"))
    #expect(packet.count == 40 + 24)
    let imagined = packet[8..<40] + [0, 0, 0, 24, 0, 0, 0, 6]
    #expect(Self.sum(imagined + packet.dropFirst(40)) == 0xFFFF)
  }

  @Test func `an answer points back at the names that it said before`() throws {
    let address = try #require(Address("192.0.2.1"))
    let answer = DNSText.answer(
      "a.example", .a, id: 1, .found(aliases: ["b.example"], addresses: [address]))
    // The first record is of the asked name at byte 12; the second is of the alias, where the first record tells it.
    let alias = 12 + 11 + 4 + 12
    #expect(Array(answer[27..<29]) == [0xC0, 12])
    #expect(Array(answer[alias..<alias + 2]) == [1, UInt8(ascii: "b")])
    #expect(Array(answer[(alias + 11)..<(alias + 13)]) == [0xC0, UInt8(alias)])
    #expect(answer.suffix(4) == [192, 0, 2, 1])
  }

  @Test func `a temporary folder is gone with its owner, full as it is`() throws {
    var path = ""
    do {
      let folder = try TemporaryFolder()
      path = try folder.write("kept", to: "deep/er/file")
      #expect(try FileBytes.read(path) == Array("kept".utf8))
    }
    let error = #expect(throws: FileProblem.self) { try FileBytes.read(path) }
    #expect(error?.isMissing == true)
  }

  @Test func `an SCTP packet ends in the remainder of its checksum, and its chunks fill words`() throws {
    // RFC 3720 appendix B.4 has the remainder of 32 zeros and others for the same polynomial.
    #expect(Checksum.castagnoli(of: [UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    let packet = PacketBuilder.sctp(
      SCTPPacket(tag: 7, .data([1, 2, 3], number: 9)), from: try socket("10.0.0.1"),
      to: try socket("10.0.0.2"))
    #expect(packet.count == 20 + 12 + 20)
  }

  @Test func `pieces hold together what the packet held`() throws {
    for (from, to) in [("10.0.0.1", "10.0.0.2"), ("2001:db8::1", "2001:db8::2")] {
      let packet = PacketBuilder.udp(
        [UInt8](repeating: 7, count: 100), from: try socket(from), to: try socket(to))
      let header = packet.count - 108
      let pieces = PacketBuilder.fragments(of: packet, size: 48)
      #expect(pieces.count == 3)
      let isV4 = header == 20
      #expect(pieces.flatMap { $0.dropFirst(isV4 ? 20 : 48) } == Array(packet.dropFirst(header)))
      if isV4 { #expect(pieces.allSatisfy { Self.sum($0.prefix(20)) == 0xFFFF }) }
    }
  }

  @Test func `what is carried ends the packet that carries it`() throws {
    let packet = PacketBuilder.udp([1], from: try socket("10.0.0.1"), to: try socket("10.0.0.2"))
    for carrier in Carrier.allCases {
      let carried = carrier.carry(
        packet, from: try #require(Address("192.0.2.1")), to: try #require(Address("192.0.2.2")))
      #expect(carried.suffix(packet.count) == packet[...])
      #expect(Self.sum(carried.prefix(20)) == 0xFFFF)
      #expect(Int(carried[2]) << 8 + Int(carried[3]) == carried.count)
    }
  }

  private func socket(_ text: String) throws -> Socket { Socket(try #require(Address(text)), 4000) }

  /// The ones' complement sum of 16-bit words, checksums included.
  private static func sum(_ bytes: some Sequence<UInt8>) -> Int {
    var sum = 0
    for (index, byte) in bytes.enumerated() { sum += index % 2 == 0 ? Int(byte) << 8 : Int(byte) }
    while sum > 0xFFFF { sum = (sum & 0xFFFF) + (sum >> 16) }
    return sum
  }
}
