import TestSupport
import Traffic

extension Poison {
  /// A need by number, which a name would make broad.
  @Sendable private static func byNumber(_ capture: inout PoisonedCapture) {
    for port in 41_000..<41_003 as Range<UInt16> {
      capture.connect(Here.player(port), victim, in: Here.player, out: Here.uplink)
    }
  }

  private static let victim = Here.at("203.0.113.66", 25)
  private static let lie = DNSText.Outcome.found(aliases: [], addresses: [victim.address])

  /// Answers that nobody should believe.
  static let names = [
    Poison("an answer from a pod that is no DNS", benign: byNumber) { capture in
      let client = Here.player(42_000)
      capture.send(
        PacketBuilder.udp(DNSText.question("mail.evil.example", .a, id: 5), from: client, to: Here.names),
        in: Here.player, out: Here.dns)
      capture.send(
        PacketBuilder.udp(
          DNSText.answer("mail.evil.example", .a, id: 5, lie), from: Here.banner(53), to: client),
        in: Here.banner, out: Here.player)
    },
    Poison("an answer from a resolver outside", benign: byNumber) { capture in
      // The question itself is traffic like any other: only one that is not answered at all leaves no rule.
      let answer = DNSText.answer("mail.evil.example", .a, id: 7, lie)
      capture.send(
        PacketBuilder.udp(answer, from: Here.at("203.0.113.53", 53), to: Here.player(42_001)), in: Here.uplink
      )
    },
    Poison("an answer in the DNS's name with another number", benign: byNumber) { capture in
      capture.resolve(
        "mail.evil.example", lie, by: Here.player(42_002), from: Here.names, in: Here.player, out: Here.dns,
        id: 1,
        answeredAs: 2)
    },
    Poison("an answer in the DNS's name that nobody asked for", benign: byNumber) { capture in
      for id in 0..<200 as Range<UInt16> {
        let answer = DNSText.answer("mail.evil.example", .a, id: id, lie)
        capture.send(
          PacketBuilder.udp(answer, from: Here.names, to: Here.player(42_003)), in: Here.banner,
          out: Here.player)
      }
    },
    Poison("an answer to another question", benign: byNumber) { capture in
      let client = Here.player(42_004)
      capture.send(
        PacketBuilder.udp(
          DNSText.question("store.media.svc.cluster.local", .a, id: 9), from: client, to: Here.names),
        in: Here.player, out: Here.dns)
      capture.send(
        PacketBuilder.udp(DNSText.answer("mail.evil.example", .a, id: 9, lie), from: Here.names, to: client),
        in: Here.banner, out: Here.player)
    },
    Poison("a late answer, a minute after its question", benign: byNumber) { capture in
      let client = Here.player(42_005)
      capture.send(
        PacketBuilder.udp(DNSText.question("mail.evil.example", .a, id: 9), from: client, to: Here.names),
        in: Here.player, out: Here.dns)
      capture.wait(milliseconds: 60_000)
      capture.send(
        PacketBuilder.udp(DNSText.answer("mail.evil.example", .a, id: 9, lie), from: Here.names, to: client),
        in: Here.banner, out: Here.player)
    },
    Poison("a name that leads to a pod") { capture in
      let pod = DNSText.Outcome.found(aliases: [], addresses: [Here.store(0).address])
      for port in 42_010..<42_013 as Range<UInt16> {
        capture.resolve(
          "www.evil.example", pod, by: Here.player(port), from: Here.names, in: Here.player, out: Here.dns)
      }
    },
    Poison("a name that leads to the metadata address, which is dialled") { capture in
      let cloud = Here.at("169.254.169.254", 80)
      let answer = DNSText.Outcome.found(aliases: [], addresses: [cloud.address])
      capture.resolve(
        "www.evil.example", answer, by: Here.catalog(42_020), from: Here.names, in: Here.catalog,
        out: Here.dns)
      for port in 42_021..<42_024 as Range<UInt16> {
        capture.connect(Here.catalog(port), cloud, in: Here.catalog, out: Here.uplink)
      }
    },
    Poison("a name that leads to a Service of the cluster") { capture in
      let service = DNSText.Outcome.found(aliases: [], addresses: [Here.at("10.96.0.21", 0).address])
      capture.resolve(
        "www.evil.example", service, by: Here.player(42_030), from: Here.names, in: Here.player, out: Here.dns
      )
    },
    Poison("aliases that lead round in a circle", benign: byNumber) { capture in
      let circle = DNSText.Outcome.found(
        aliases: ["b.evil.example", "a.evil.example", "b.evil.example", "a.evil.example"], addresses: [])
      capture.resolve(
        "a.evil.example", circle, by: Here.player(42_040), from: Here.names, in: Here.player, out: Here.dns)
    },
    Poison("a name of ten thousand bytes", benign: byNumber) { capture in
      let long = Array(repeating: String(repeating: "x", count: 60), count: 164).joined(separator: ".")
      capture.resolve(long, lie, by: Here.player(42_050), from: Here.names, in: Here.player, out: Here.dns)
    },
    Poison("an answer whose name points to itself", benign: byNumber) { capture in
      let client = Here.player(42_060)
      let question = DNSText.question("mail.evil.example", .a, id: 77)
      capture.send(PacketBuilder.udp(question, from: client, to: Here.names), in: Here.player, out: Here.dns)
      // A response with one question and one answer; the name is a pointer to the pointer itself (RFC 1035 §4.1.4).
      let answer: [UInt8] =
        [
          0, 77, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, 0xC0, 12, 0, 1, 0, 1, 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 9,
          0, 4,
        ]
        + [203, 0, 113, 66]
      capture.send(PacketBuilder.udp(answer, from: Here.names, to: client), in: Here.dns, out: Here.player)
    },
    Poison("a flood of names that nobody has") { capture in
      for number in 0..<300 as Range<UInt16> {
        capture.resolve(
          "n\(number).evil.example", .noSuchName, by: Here.banner(20_000 + number), from: Here.dns(53),
          in: Here.banner,
          out: Here.dns, id: number)
      }
    },
    Poison("a name of hostile bytes for an address that is needed") { capture in
      let answer = DNSText.Outcome.found(aliases: [], addresses: [Here.at("203.0.113.80", 0).address])
      capture.resolve(
        "a\n  - to: [{}] #\"\u{1B}[31m\"'.evil.example", answer, by: Here.catalog(42_070), from: Here.names,
        in: Here.catalog, out: Here.dns)
    },
  ]
}
