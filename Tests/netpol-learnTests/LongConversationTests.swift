import Console
import TestSupport
import Testing
import Traffic

@testable import netpol_learn

@Suite("A conversation that is in use is not old, however long ago it began")
struct LongConversationTests {
  /// 2026-11-20T06:00:00Z.
  private static let start = Instant(seconds: 1_795_154_400)
  private static let database = Socket(Address(v4: 0x0AF4_0109), 5432)
  private static let web = Socket(Address(v4: 0x0AF4_0105), 8080)

  /// One connection that goes on from six o'clock to noon, and others of a moment each at half past each hour.
  private static func capture(beside others: [(at: Instant, packet: [UInt8])] = []) -> [UInt8] {
    let pod = Socket(Address(v4: 0x0AF4_0103), 50_000)
    var packets = others
    func connect(_ client: Socket, _ server: Socket, _ number: UInt32, at moment: Instant) {
      let segments = [
        (client, server, TCPSegment(.syn, sequence: number)),
        (server, client, TCPSegment([.syn, .ack], sequence: 900, acknowledgement: number + 1)),
        (client, server, TCPSegment(.ack, sequence: number + 1, acknowledgement: 901)),
      ]
      packets += segments.map { (moment, PacketBuilder.tcp($0.2, from: $0.0, to: $0.1)) }
    }
    connect(pod, database, 7, at: start)
    for turn in UInt32(0)...36 {
      let moment = start.advanced(bySeconds: Int64(turn) * 600)
      let asked = TCPSegment(
        [.psh, .ack], sequence: 8 + turn, acknowledgement: 901 + turn, payload: [1])
      let told = TCPSegment(
        [.psh, .ack], sequence: 901 + turn, acknowledgement: 9 + turn, payload: [2])
      packets.append((moment, PacketBuilder.tcp(asked, from: pod, to: database)))
      packets.append((moment, PacketBuilder.tcp(told, from: database, to: pod)))
    }
    for hour in Int64(0)..<6 {
      connect(
        Socket(pod.address, 51_000 + UInt16(hour)), web, 70 + UInt32(hour),
        at: start.advanced(bySeconds: hour * 3_600 + 1_800))
    }
    var writer = CaptureWriter(.raw)
    for packet in packets.enumerated().sorted(by: { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) })
    {
      writer.write(packet.element.packet, at: packet.element.at)
    }
    return writer.bytes
  }

  private func servers(_ session: Session, _ words: String...) throws -> [String] {
    let output = try session.run(["flows", "-o", "csv"] + words).output
    return [Self.database, Self.web].map { "\($0.port)" }.filter { output.contains(",\($0)/TCP,") }
  }

  @Test("--since goes by when conversations were seen, back from the last packet")
  func since() throws {
    let session = try Session()
    try session.write(Self.capture(), to: "day.pcap")
    #expect(try session.run("learn", "-r", "@day.pcap").code == .done)
    #expect(try servers(session) == ["5432", "8080"])
    // The last connection began at half past eleven, the last packet came at noon.
    #expect(try servers(session, "--since", "31m") == ["5432", "8080"])
    #expect(try servers(session, "--since", "29m") == ["5432"])
    #expect(try servers(session, "--since", "0s") == ["5432"])
    #expect(try servers(session, "--since", "2026-11-20T12:00:59Z") == ["5432"])
    #expect(try servers(session, "--since", "2026-11-20T12:01:00Z").isEmpty)
    // Until then it had begun.
    #expect(try servers(session, "--until", "2026-11-20T06:10:00Z") == ["5432"])
  }

  @Test("it was seen last with its last packet, to the minute, wherever that is told")
  func lastSeen() throws {
    let session = try Session()
    try session.write(Self.capture(), to: "day.pcap")
    #expect(try session.run("learn", "-r", "@day.pcap").code == .done)
    let edges = try session.run("flows", "-o", "jsonl").output.split(separator: "\n")
    let edge = try #require(edges.first { $0.contains("\"port\":5432,") })
    #expect(
      edge.contains("\"firstSeen\":\"2026-11-20T06:00:00Z\",\"lastSeen\":\"2026-11-20T12:00:00Z\""), "\(edge)"
    )
    let span = "first 2026-11-20T06:00:00Z, last 2026-11-20T12:00:00Z"
    let why = try session.run("why", "10.244.1.3", "10.244.1.9", "5432").output
    #expect(why.contains(span), "\(why)")
    // The other began at half past, and was not seen in any later minute.
    #expect(edges.contains { $0.contains("\"lastSeen\":\"2026-11-20T11:30:00Z\"") }, "\(edges)")
    for (words, end) in [(["flows", "-o", "wide"], "06:00:00Z  2026-11-20T12:00:00Z"), (["status"], "6 h")] {
      let output = try session.run(words).output
      #expect(output.contains(end), "\(output)")
    }
  }

  @Test("--keep forgets what was not seen for long, and nothing that was")
  func keep() throws {
    let session = try Session()
    try session.write(Self.capture(), to: "day.pcap")
    let outcome = try session.run("learn", "-r", "@day.pcap", "--keep", "1h")
    #expect(
      outcome.talk.contains("forgot   4 facts and 0 DNS names of before 2026-11-20T10:00:00Z\n"),
      "\(outcome.talk)")
    #expect(try servers(session) == ["5432", "8080"])
    #expect(try servers(session, "--until", "2026-11-20T09:59:59Z") == ["5432"])
  }

  @Test("one packet of another age makes nothing old, and is told")
  func stray() throws {
    let session = try Session()
    let stray = PacketBuilder.udp(
      [1], from: Socket(Address(v4: 0x0AF4_0103), 40_000), to: Socket(Address(v4: 0x0AF4_0107), 514))
    // 2090-01-01T00:00:00Z
    let late = Instant(seconds: 3_786_912_000)
    try session.write(Self.capture(beside: [(late, stray)]), to: "day.pcap")
    let outcome = try session.run("learn", "-r", "@day.pcap", "--keep", "30d")
    let warning = "warning: `netpol-learn.db` holds a few facts of 2090-01-01T00:00:00Z, "
    #expect(outcome.talk.contains(warning), "\(outcome.talk)")
    #expect(!outcome.talk.contains("forgot"), "\(outcome.talk)")
    #expect(try servers(session) == ["5432", "8080"])
    let recent = try session.run("flows", "--since", "29m")
    #expect(recent.talk.contains(warning) && recent.output.contains("5432/TCP"), "\(recent.talk)")
    let all = try session.run("flows", "--since", "2026-11-20T00:00:00Z")
    #expect(!all.talk.contains("warning"), "\(all.talk)")
  }
}
