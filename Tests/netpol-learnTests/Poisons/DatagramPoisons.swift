import TestSupport
import Traffic

extension Poison {
  /// Datagrams, errors, and packets within packets.
  static let datagrams = [
    Poison(
      "a reply in the server's name, sent by the client itself",
      effect: .undefended("what was answered is not compared with the interfaces that showed it")
    ) { capture in
      capture.send(PacketBuilder.udp([1], from: Here.banner(50_000), to: Here.store(9_999)), in: Here.banner)
      capture.send(PacketBuilder.udp([2], from: Here.store(9_999), to: Here.banner(50_000)), in: Here.banner)
    },
    Poison("questions in another's name, so that a server answers that one") { capture in
      for port in 50_010..<50_014 as Range<UInt16> {
        let question = DNSText.question("any.films.example", .a, id: port)
        capture.send(
          PacketBuilder.udp(question, from: Here.stats(port), to: Here.dns(53)), in: Here.banner,
          out: Here.dns)
        let answer = DNSText.answer("any.films.example", .a, id: port, .noSuchName)
        capture.send(
          PacketBuilder.udp(answer, from: Here.dns(53), to: Here.stats(port)), in: Here.dns, out: Here.stats)
      }
    },
    Poison("one-way datagrams to every port") { capture in
      for port in 1...300 as ClosedRange<UInt16> {
        capture.send(
          PacketBuilder.udp([1], from: Here.banner(50_020), to: Here.stats(port)), in: Here.banner,
          out: Here.stats)
      }
    },
    Poison(
      "one-way datagrams in another's name to a declared port, of a pod of which nothing else is seen",
      effect: .undefended("nobody knows which address sits behind its interface")
    ) { capture in
      for _ in 0..<5 {
        capture.send(
          PacketBuilder.udp(Array("a:1|c".utf8), from: Here.catalog(50_030), to: Here.stats(8_125)),
          in: Here.banner,
          out: Here.stats)
        capture.wait(milliseconds: 15_000)
      }
    },
    Poison(
      "ten minutes of one-way datagrams in another's name to a declared port", benign: talkElsewhere
    ) { capture in
      for number in 0..<40 as Range<UInt16> {
        // From a socket that stays open, and from new ones.
        for port in [50_031, 51_000 + number] {
          capture.send(
            PacketBuilder.udp(Array("a:1|c".utf8), from: Here.catalog(port), to: Here.stats(8_125)),
            in: Here.banner, out: Here.stats)
        }
        capture.wait(milliseconds: 15_000)
      }
    },
    Poison("ten minutes of the same in IPv6", benign: talkElsewhere) { capture in
      for _ in 0..<40 {
        capture.send(
          PacketBuilder.udp(
            Array("a:1|c".utf8), from: Here.at("fd00:10:244:1::11", 50_031),
            to: Here.at("fd00:10:244:1::13", 8_125)), in: Here.banner + 1, out: Here.stats + 1)
        capture.wait(milliseconds: 15_000)
      }
    },
    Poison("an error that a needed port is closed, in its server's name") { capture in
      let quoted = PacketBuilder.udp(
        Array("a:1|c".utf8), from: Here.at("fd00:10:244:1::10", 33_000), to: Here.at("fd00:10:96::23", 8_125))
      let error = PacketBuilder.unreachable(
        quoting: quoted, from: Here.at("fd00:10:96::23", 0).address,
        to: Here.at("fd00:10:244:1::10", 0).address)
      capture.send(error, in: Here.banner + 1, out: Here.player + 1)
    },
    Poison("errors about connections that go well") { capture in
      for port in 50_040..<50_044 as Range<UInt16> {
        capture.connect(Here.player(port), Here.catalog(8_080), in: Here.player, out: Here.catalog)
        let quoted = PacketBuilder.tcp(
          TCPSegment(.syn, sequence: UInt32(port) &* 65_537), from: Here.player(port), to: Here.catalog(8_080)
        )
        capture.send(
          PacketBuilder.unreachable(
            quoting: quoted, from: Here.catalog(0).address, to: Here.player(0).address),
          in: Here.banner, out: Here.player)
      }
    },
    Poison("errors about traffic that never was") { capture in
      for port in 1...50 as ClosedRange<UInt16> {
        let quoted = PacketBuilder.udp([1], from: Here.player(port), to: Here.store(port))
        capture.send(
          PacketBuilder.unreachable(quoting: quoted, from: Here.store(0).address, to: Here.player(0).address),
          in: Here.banner, out: Here.player)
      }
    },
    Poison("a SYN within GRE") { capture in
      sendWrapped(.gre, &capture)
    },
    Poison("a SYN within VXLAN") { capture in
      sendWrapped(.vxlan, &capture)
    },
    Poison(
      "a whole connection within VXLAN, made up by one pod",
      effect: .undefended("whoever can send a packet to port 4789 can make up connections between others")
    ) { capture in
      for port in 50_056..<50_059 as Range<UInt16> {
        capture.connect(
          Here.catalog(port), Here.stats(22), in: Here.banner, out: Here.uplink,
          wrapped: {
            Carrier.vxlan.carry($0, from: Here.banner(0).address, to: Here.at("203.0.113.66", 0).address)
          })
      }
    },
    Poison("a tunnel within a tunnel within a tunnel") { capture in
      var packet = PacketBuilder.tcp(
        TCPSegment(.syn, sequence: 1), from: Here.banner(50_060), to: Here.store(27_017))
      for _ in 0..<20 {
        packet = Carrier.gre.carry(packet, from: Here.banner(0).address, to: Here.store(0).address)
      }
      capture.send(packet, in: Here.banner, out: Here.store)
    },
    Poison("a flood of fragments whose beginning never comes") { capture in
      let large = PacketBuilder.udp(
        [UInt8](repeating: 7, count: 900), from: Here.banner(50_070), to: Here.store(8_125))
      for number in 0..<50 as Range<UInt16> {
        for piece in PacketBuilder.fragments(of: large, size: 400, identification: number).dropFirst() {
          capture.send(piece, in: Here.banner, out: Here.store)
        }
      }
    },
    Poison("a SYN in pieces of eight bytes, which later ones overlap") { capture in
      let packet = PacketBuilder.tcp(
        TCPSegment(.syn, sequence: 3), from: Here.banner(50_071), to: Here.store(27_017))
      let pieces = PacketBuilder.fragments(of: packet, size: 8)
      for piece in pieces + pieces.reversed() { capture.send(piece, in: Here.banner, out: Here.store) }
    },
    Poison("packets that die on their way") { capture in
      for hops in 0...3 as ClosedRange<UInt8> {
        for port in 50_080..<50_084 as Range<UInt16> {
          capture.send(
            PacketBuilder.tcp(
              TCPSegment(.syn, sequence: 4), from: Here.banner(port), to: Here.store(27_017),
              envelope: .init(hops: hops)), in: Here.banner)
        }
      }
    },
  ]

  /// Both the pod that sends in another's name and that other are seen to talk, before and after.
  @Sendable private static func talkElsewhere(_ capture: inout PoisonedCapture) {
    let start = capture.now
    for (minutes, port) in [(0, 52_000), (11, 52_001)] as [(Int64, UInt16)] {
      capture.now = start.advanced(bySeconds: minutes * 60)
      let outside = (Here.at("203.0.113.80", 443), Here.at("2001:db8:80::80", 443))
      for (address, entry) in [("10.244.1.11", Here.catalog), ("10.244.1.14", Here.banner)] {
        capture.connect(Here.at(address, port), outside.0, in: entry, out: Here.uplink)
      }
      for (address, entry) in [("fd00:10:244:1::11", Here.catalog), ("fd00:10:244:1::14", Here.banner)] {
        capture.connect(Here.at(address, port), outside.1, in: entry + 1, out: Here.uplink)
      }
    }
    capture.now = start.advanced(bySeconds: 5)
  }

  /// A SYN in a tunnel between two who are no machines.
  private static func sendWrapped(_ carrier: Carrier, _ capture: inout PoisonedCapture) {
    for port in 50_050..<50_055 as Range<UInt16> {
      let packet = PacketBuilder.tcp(
        TCPSegment(.syn, sequence: 1), from: Here.banner(port), to: Here.store(27_017))
      capture.send(
        carrier.carry(packet, from: Here.banner(0).address, to: Here.at("203.0.113.66", 0).address),
        in: Here.banner,
        out: Here.uplink)
    }
  }
}
