import TestSupport
import Traffic

extension Poison {
  /// Times, copies, headers and frames that are not as they should be.
  static let odd = [
    Poison("each frame seen again on another interface") { capture in
      capture.replay(laterBySeconds: 0, on: 77)
    },
    Poison("the whole story again, two hours later") { capture in
      capture.replay(laterBySeconds: 7_200)
    },
    Poison("connections of the last century and of the next") { capture in
      for moment in ["1985-01-01T00:00:00Z", "1999-12-31T23:00:00Z", "2100-01-02T00:00:00Z"] {
        capture.now = Instant(moment) ?? capture.now
        for port in 43_000..<43_004 as Range<UInt16> {
          capture.connect(Here.banner(port), Here.store(27_017), in: Here.banner, out: Here.store)
        }
      }
    },
    Poison("a clock that jumps back and forth", isOutOfOrder: true) { capture in
      let start = capture.now
      for number in 0..<40 as Range<Int64> {
        capture.now = start.advanced(bySeconds: number % 2 == 0 ? -number * 4 : number * 2)
        capture.syn(
          Here.banner(43_100 + UInt16(number)), Here.store(27_017), in: Here.banner, out: Here.store)
      }
    },
    Poison("a pod that says it is everybody, in ARP") { capture in
      for address in ["10.244.1.10", "10.244.1.12", "10.244.1.1"] {
        let header = LinkHeader(
          interface: Here.banner, way: .broadcast, source: HardwareAddress(bits: 0x0666))
        let claim = ARPMessage.answer(
          from: Here.at(address, 0).address, at: HardwareAddress(bits: 0x0666), to: Here.player(0).address,
          at: HardwareAddress(of: Here.player(0).address))
        capture.show(claim.bytes, .arp, header)
      }
    },
    Poison("a SYN that says its own way (IPv4 source routing)") { capture in
      var packet = PacketBuilder.tcp(
        TCPSegment(.syn, sequence: 9), from: Here.banner(43_200), to: Here.store(27_017))
      // Loose source routing by way of another pod: type 131, length 7, pointer 4 (RFC 791 §3.1); one more to fill up.
      let option: [UInt8] = [131, 7, 4, 10, 244, 1, 10, 0]
      packet[0] = 0x47
      packet.insert(contentsOf: option, at: 20)
      packet[3] += 8
      capture.send(packet, in: Here.banner, out: Here.store)
    },
    Poison("a SYN behind fifty headers of IPv6") { capture in
      let (client, server) = (Here.at("fd00:10:244:1::14", 43_300), Here.at("fd00:10:244:1::12", 27_017))
      let segment = PacketBuilder.tcp(TCPSegment(.syn, sequence: 7), from: client, to: server).dropFirst(40)
      let chain = (0..<50).flatMap { [$0 < 49 ? 60 : 6, 0, 1, 4, 0, 0, 0, 0] as [UInt8] }
      capture.send(
        PacketBuilder.ip(from: client.address, to: server.address, protocol: 60, chain + segment),
        in: Here.banner + 1,
        out: Here.store + 1)
    },
    Poison("frames that were cut in the middle of a header") { capture in
      for kept in 1..<60 {
        let packet = PacketBuilder.tcp(
          TCPSegment([.syn, .ack], sequence: 1, acknowledgement: 1), from: Here.store(27_017),
          to: Here.banner(43_400))
        capture.send(packet, in: Here.store, out: Here.banner, keeping: kept)
      }
    },
    Poison("protocols that no policy knows") { capture in
      for number in [0, 2, 50, 51, 88, 89, 103, 112, 253, 255] as [UInt8] {
        capture.send(
          PacketBuilder.ip(
            from: Here.banner(0).address, to: Here.store(0).address, protocol: number,
            [UInt8](repeating: 1, count: 40)),
          in: Here.banner, out: Here.store)
      }
    },
    Poison("words to groups and to everybody") { capture in
      for group in ["224.0.0.251", "239.255.255.250", "255.255.255.255", "10.244.1.255"] {
        for _ in 0..<4 {
          capture.send(
            PacketBuilder.udp([1], from: Here.banner(5_353), to: Here.at(group, 5_353)), in: Here.banner)
        }
      }
    },
    Poison("lengths that lie") { capture in
      for length in [0, 1, 19, 20, 39, 0xFFFF] as [UInt16] {
        var packet = PacketBuilder.tcp(
          TCPSegment(.syn, sequence: 9), from: Here.banner(43_500), to: Here.store(27_017))
        packet[2] = UInt8(length >> 8)
        packet[3] = UInt8(length & 0xFF)
        capture.send(packet, in: Here.banner, out: Here.store)
      }
    },
  ]
}
