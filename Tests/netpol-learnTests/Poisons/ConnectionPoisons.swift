import TestSupport
import Traffic

extension Poison {
  /// Forged, pretended and one-off connections.
  static let connections = [
    Poison("SYNs in another pod's name") { capture in
      for port in 50_000..<50_010 as Range<UInt16> {
        capture.syn(Here.player(port), Here.store(27_017), in: Here.banner, out: Here.store)
      }
    },
    Poison("a flood of SYNs from addresses outside") { capture in
      for number in 0..<500 as Range<UInt32> {
        let guest = Socket(Address(v4: 0xC633_6400 + number % 250), UInt16(20_000 + number))
        capture.syn(guest, Here.at("192.0.2.20", 443), in: Here.uplink)
      }
    },
    Poison("resets in the server's name, right after each opening") { capture in
      for port in 51_000..<51_006 as Range<UInt16> {
        capture.connect(Here.player(port), Here.catalog(8_080), in: Here.player, out: Here.catalog)
        let reset = TCPSegment([.rst, .ack], sequence: 0, acknowledgement: UInt32(port) &* 65_537 &+ 1)
        capture.send(
          PacketBuilder.tcp(reset, from: Here.catalog(8_080), to: Here.player(port)), in: Here.banner)
      }
    },
    Poison("resets of every needed pair, from outside") { capture in
      for port in [8_080, 27_017, 443, 8_443] as [UInt16] {
        for client in 33_000..<33_040 as Range<UInt16> {
          let reset = TCPSegment(.rst, sequence: UInt32(client))
          capture.send(
            PacketBuilder.tcp(reset, from: Here.catalog(port), to: Here.player(client)), in: Here.uplink)
        }
      }
    },
    Poison("a scan of closed ports") { capture in
      for port in [21, 22, 23, 25, 80, 110, 139, 443, 445, 3_306] as [UInt16] {
        capture.bounce(Here.banner(52_000 + port), Here.store(port), in: Here.banner, out: Here.store)
        capture.bounce(Here.banner(53_000 + port), Here.catalog(port), in: Here.banner, out: Here.catalog)
      }
    },
    Poison("a scan that finds doors open") { capture in
      for port in [21, 22, 23, 25, 80, 110] as [UInt16] {
        capture.bounce(Here.banner(52_000 + port), Here.store(port), in: Here.banner, out: Here.store)
      }
      capture.knock(Here.banner(54_001), Here.store(27_017), in: Here.banner, out: Here.store)
      capture.knock(Here.banner(54_002), Here.catalog(8_080), in: Here.banner, out: Here.catalog)
      capture.knock(Here.banner(54_003), Here.player(8_443), in: Here.banner, out: Here.player)
    },
    Poison("one open door, asked once, where one-off needs are not taken", options: ["--strict"]) { capture in
      capture.connect(Here.banner(54_004), Here.catalog(8_080), in: Here.banner, out: Here.catalog)
    },
    Poison(
      "one open door, asked once, by a pod whose other address was turned away", options: ["--strict"]
    ) { capture in
      capture.connect(Here.banner(54_005), Here.store(27_017), in: Here.banner, out: Here.store)
    },
    Poison(
      "one open door, asked once",
      effect: .policies(
        ["ads/banner", "media/catalog"],
        because: "who asks and is answered has a need: it is marked thin, and --strict leaves it out")
    ) { capture in
      capture.connect(Here.banner(54_006), Here.catalog(8_080), in: Here.banner, out: Here.catalog)
    },
    Poison("two hundred ports in a second") { capture in
      for port in 1...200 as ClosedRange<UInt16> {
        capture.syn(Here.banner(40_000 + port), Here.store(port), in: Here.banner, out: Here.store)
      }
    },
    Poison("a SYN-ACK in the server's name with a number of nobody's") { capture in
      capture.syn(Here.banner(55_000), Here.store(27_017), in: Here.banner, out: Here.store)
      for number in [0, 1, 77, 0xFFFF_FFFF] as [UInt32] {
        let answer = TCPSegment([.syn, .ack], sequence: 5, acknowledgement: number)
        capture.send(
          PacketBuilder.tcp(answer, from: Here.store(27_017), to: Here.banner(55_000)), in: Here.banner)
      }
      let made = TCPSegment(.ack, sequence: UInt32(55_000) &* 65_537 &+ 1, acknowledgement: 6)
      capture.send(
        PacketBuilder.tcp(made, from: Here.banner(55_000), to: Here.store(27_017)), in: Here.banner)
    },
    Poison("a SYN-ACK in the server's name with the right number, and no third packet") { capture in
      capture.syn(Here.banner(55_001), Here.store(27_017), in: Here.banner, out: Here.store)
      let answer = TCPSegment([.syn, .ack], sequence: 5, acknowledgement: UInt32(55_001) &* 65_537 &+ 1)
      capture.send(
        PacketBuilder.tcp(answer, from: Here.store(27_017), to: Here.banner(55_001)), in: Here.banner)
    },
    Poison("an acknowledgement of what nobody sent, and data behind it") { capture in
      capture.syn(Here.banner(55_002), Here.store(27_017), in: Here.banner, out: Here.store)
      let next = UInt32(55_002) &* 65_537 &+ 1
      for number in 0..<5 as Range<UInt32> {
        let made = TCPSegment([.psh, .ack], sequence: next &+ number, acknowledgement: 99, payload: [7])
        capture.send(
          PacketBuilder.tcp(made, from: Here.banner(55_002), to: Here.store(27_017)), in: Here.banner,
          out: Here.store)
      }
    },
    Poison(
      "both directions of an open connection, made up by one pod, where one-off needs are not taken",
      options: ["--strict"]
    ) { capture in
      for number in 0..<4 as Range<UInt32> {
        let one = TCPSegment(
          [.psh, .ack], sequence: 100 + number, acknowledgement: 900 + number, payload: [7])
        let other = TCPSegment(
          [.psh, .ack], sequence: 900 + number, acknowledgement: 101 + number, payload: [7])
        capture.send(
          PacketBuilder.tcp(one, from: Here.banner(55_003), to: Here.catalog(8_080)), in: Here.banner)
        capture.send(
          PacketBuilder.tcp(other, from: Here.catalog(8_080), to: Here.banner(55_003)), in: Here.banner)
      }
    },
    Poison(
      "both directions of a connection to a closed port, made up by one pod",
      effect: .undefended("sources are not compared with the interfaces that show them")
    ) { capture in
      capture.syn(Here.banner(55_003), Here.store(22), in: Here.banner)
      capture.send(
        PacketBuilder.tcp(
          TCPSegment([.syn, .ack], sequence: 899, acknowledgement: UInt32(55_003) &* 65_537 &+ 1),
          from: Here.store(22),
          to: Here.banner(55_003)), in: Here.banner)
      for number in 0..<4 as Range<UInt32> {
        let one = TCPSegment(
          [.psh, .ack], sequence: UInt32(55_003) &* 65_537 &+ 1 &+ number, acknowledgement: 900 + number,
          payload: [7])
        let other = TCPSegment(
          [.psh, .ack], sequence: 900 + number, acknowledgement: UInt32(55_003) &* 65_537 &+ 2 &+ number,
          payload: [7])
        capture.send(
          PacketBuilder.tcp(one, from: Here.banner(55_003), to: Here.store(22)), in: Here.banner)
        capture.send(
          PacketBuilder.tcp(other, from: Here.store(22), to: Here.banner(55_003)), in: Here.banner)
      }
    },
    Poison("flags that no connection has") { capture in
      for (index, flags) in [0, 1, 0x29, 0x3F, 3, 6, 7].enumerated() {
        for port in [22, 8_080, 27_017] as [UInt16] {
          let odd = TCPSegment(TCPSegment.Flags(rawValue: UInt8(flags)), sequence: 5, acknowledgement: 5)
          capture.send(
            PacketBuilder.tcp(odd, from: Here.banner(56_000 + UInt16(index)), to: Here.store(port)),
            in: Here.banner,
            out: Here.store)
        }
      }
    },
    Poison("a pod that has the server's address for its own") { capture in
      for port in [27_017, 8_080] as [UInt16] {
        capture.syn(Here.store(port), Here.store(port), in: Here.banner, out: Here.store)
      }
    },
    Poison("an address of the pods' range that nobody held") { capture in
      capture.connect(Here.at("10.244.1.99", 50_000), Here.store(27_017), in: Here.banner, out: Here.store)
    },
    Poison("the metadata address answers") { capture in
      for port in 50_100..<50_105 as Range<UInt16> {
        capture.connect(Here.banner(port), Here.at("169.254.169.254", 80), in: Here.banner, out: Here.uplink)
        capture.connect(
          Here.at("fd00:10:244:1::14", port), Here.at("fd00:ec2::254", 80), in: Here.banner + 1,
          out: Here.uplink)
      }
    },
    Poison("the doors of the machine answer") { capture in
      for port in [10_250, 10_255, 2_379, 2_375] as [UInt16] {
        for turn in 0..<3 as Range<UInt16> {
          capture.connect(
            Here.banner(50_200 + turn), Here.at("10.0.0.12", port), in: Here.banner, out: Here.uplink)
        }
      }
    },
    Poison("a guest who tries a pod past every Service") { capture in
      for port in [27_017, 8_080, 22] as [UInt16] {
        capture.syn(Here.at("203.0.113.99", 50_000), Here.store(port), in: Here.uplink, out: Here.store)
      }
    },
    Poison("openings of SCTP without end") { capture in
      for tag in 1...100 as ClosedRange<UInt32> {
        let packet = SCTPPacket(tag: 0, .initiation(tag: tag))
        capture.send(
          PacketBuilder.sctp(packet, from: Here.banner(UInt16(30_000 + tag)), to: Here.store(27_017)),
          in: Here.banner,
          out: Here.store)
      }
    },
  ]
}
