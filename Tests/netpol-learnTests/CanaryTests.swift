import TestSupport
import Testing
import Traffic

@testable import netpol_learn

/// What is said in conversations is kept nowhere: a word that stands in ten thousand payloads is found in no file and
/// in nothing that is printed.
@Suite struct CanaryTests {
  private let canary = "CANARY-7f3a91-Zwitscher"

  /// Connections, datagrams, SCTP, answers of DNS and packets in an overlay, whose payloads hold the word.
  private var capture: (bytes: [UInt8], payloads: Int) {
    get throws {
      let web = try Socket(#require(Address("10.244.1.10")), 41_000)
      let api = try Socket(#require(Address("10.244.2.11")), 8_080)
      let dns = try Socket(#require(Address("10.96.0.10")), 53)
      let nodes = try (#require(Address("10.0.0.11")), #require(Address("10.0.0.12")))
      let text = Array("GET /\(canary) HTTP/1.1\r\nAuthorization: \(canary)\r\n\r\n".utf8)
      var writer = CaptureWriter(.raw)
      var clock: Int64 = 1_795_165_080_000_000_000
      var payloads = 0
      func write(_ packet: [UInt8]) {
        writer.write(packet, at: Instant(nanoseconds: clock))
        clock += 50_000
      }
      func say(_ packet: [UInt8]) {
        payloads += 1
        write(packet)
      }
      for round in 0..<1_250 as Range<UInt32> {
        let client = Socket(web.address, UInt16(32_768 + round))
        write(PacketBuilder.tcp(TCPSegment(.syn, sequence: round), from: client, to: api))
        write(
          PacketBuilder.tcp(
            TCPSegment([.syn, .ack], sequence: 9, acknowledgement: round + 1), from: api, to: client))
        var asked = TCPSegment([.psh, .ack], sequence: round + 1, acknowledgement: 10, payload: text)
        let packet = PacketBuilder.tcp(asked, from: client, to: api)
        say(packet)
        say(Carrier.vxlan.carry(packet, from: nodes.0, to: nodes.1))
        let next = round + 1 + UInt32(text.count)
        say(
          PacketBuilder.tcp(
            TCPSegment([.psh, .ack], sequence: 10, acknowledgement: next, payload: text), from: api,
            to: client))
        asked.payload = [0, UInt8(text.count)] + text
        say(PacketBuilder.tcp(asked, from: client, to: dns))
        say(PacketBuilder.udp(text, from: client, to: Socket(api.address, 8_125)))
        say(PacketBuilder.sctp(SCTPPacket(tag: 7, .data(text, number: round)), from: client, to: api))
        say(PacketBuilder.udp(text, from: client, to: dns))
        // A good answer, and behind it what nobody asked for.
        let name = "api.payments.svc.cluster.local"
        write(PacketBuilder.udp(DNSText.question(name, .a, id: UInt16(round)), from: client, to: dns))
        let answer = DNSText.answer(
          name, .a, id: UInt16(round), .found(aliases: [], addresses: [api.address]))
        say(PacketBuilder.udp(answer + text, from: dns, to: client))
      }
      return (writer.bytes, payloads)
    }
  }

  private func everyFile(beneath folder: String) -> [String] {
    FileNames.of(folder).flatMap { name -> [String] in
      let path = "\(folder)/\(name)"
      let inside = everyFile(beneath: path)
      return inside.isEmpty ? [path] : inside
    }
  }

  private func holdsCanary(_ bytes: [UInt8]) -> Bool {
    let word = Array(canary.utf8)
    // SQLite may keep text in two bytes a character as well.
    let wide: [UInt8] = word.flatMap { (byte: UInt8) -> [UInt8] in [byte, 0] }
    return holds(word, bytes) || holds(wide, bytes)
  }

  private func holds(_ word: [UInt8], _ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while let place = rest.firstIndex(of: word[0]) {
      rest = rest[place...]
      if rest.starts(with: word) { return true }
      rest = rest.dropFirst()
    }
    return false
  }

  @Test func `payloads are kept nowhere and printed nowhere`() throws {
    let made = try capture
    #expect(made.payloads == 10_000)
    #expect(holdsCanary(made.bytes))
    let session = try Session()
    try session.write(made.bytes, to: "canary.pcap")
    var said: [String] = []
    for words in [
      ["learn", "-r", "@canary.pcap", "--cluster", Story.cluster], ["flows"], ["flows", "-o", "wide"],
      ["flows", "-o", "jsonl"], ["flows", "-o", "json"], ["flows", "-o", "csv"],
      ["generate", "--ns", "payments", "--out", "@policies"], ["generate", "-A"],
      ["generate", "-A", "-o", "json"],
      ["diff", "--ns", "payments", "--manifests", "@policies"],
    ] {
      let outcome = try session.run(words)
      said.append(outcome.output + outcome.talk)
    }
    // What was said is not nothing: the traffic was learned.
    #expect(said[1].contains("8080/TCP"), "\(said[1])")
    #expect(!said.contains { holdsCanary(Array($0.utf8)) })
    let files = everyFile(beneath: session.path("."))
    #expect(files.contains { $0.hasSuffix("netpol-learn.db") })
    #expect(files.contains { $0.hasSuffix(".yaml") })
    for file in files where !file.hasSuffix("canary.pcap") {
      #expect(!holdsCanary(try FileBytes.read(file)), "\(file)")
    }
  }
}
