import Console
import TestSupport
import Testing
import Traffic

@testable import netpol_learn

@Suite("What is odd about a capture is told, with the file's name")
struct OddCaptureTests {
  /// The story's capture, with another number in the first word of each record's head and of some place of the file's.
  private func bytes(second: UInt32? = nil, link: UInt8? = nil) throws -> [UInt8] {
    var bytes = try Repository.read(Story.capture)
    if let link { bytes.replaceSubrange(20..<24, with: [link, 0, 0, 0]) }
    if let second { write(second, at: 24, in: &bytes) }
    return bytes
  }

  private func write(_ number: UInt32, at place: Int, in bytes: inout [UInt8]) {
    for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: number >> UInt32(8 * index)) }
  }

  @Test("packets of an impossible time", arguments: [3, 4_200_000_000] as [UInt32])
  func impossibleTime(second: UInt32) throws {
    let session = try Session()
    try session.write(try bytes(second: second), to: "odd.pcap")
    let outcome = try session.run("learn", "-r", "@odd.pcap", "--keep", "30d")
    #expect(outcome.code == .done)
    #expect(
      outcome.talk.contains(
        "warning: 1 packet of `odd.pcap` is from before the year 2000 or after 2099, and taught nothing\n"),
      "\(outcome.talk)")
    #expect(outcome.talk.contains("1 frame of an impossible time"), "\(outcome.talk)")
    // A fact of that time would be the last, and all others too old to keep.
    #expect(!outcome.talk.contains("forgot"), "\(outcome.talk)")
  }

  @Test("times that go back")
  func back() throws {
    let session = try Session()
    let whole = try Repository.read(Story.capture)
    var joined = whole
    joined += whole.dropFirst(24)
    try session.write(joined, to: "joined.pcap")
    let outcome = try session.run("learn", "-r", "@joined.pcap")
    #expect(outcome.code == .done)
    #expect(outcome.talk.contains("warning: the times of `joined.pcap` go back once, by "), "\(outcome.talk)")
  }

  @Test("a link type that nobody knows, in a file of two")
  func strangeLink() throws {
    let session = try Session()
    try session.write(try bytes(link: 147), to: "strange.pcap")
    let alone = try session.run("learn", "-r", "@strange.pcap")
    #expect(alone.code == .done)
    #expect(
      alone.talk.contains("warning: `strange.pcap` holds no packet that could be read: link type 147\n"),
      "\(alone.talk)")
    #expect(alone.talk.components(of: "warning: ") == 1, "\(alone.talk)")
    let both = try Session()
    try both.write(try bytes(link: 127), to: "strange.pcap")
    let outcome = try both.run("learn", "-r", "@strange.pcap", "-r", Story.capture)
    #expect(outcome.talk.contains("warning: `strange.pcap` holds no packet"), "\(outcome.talk)")
    #expect(!outcome.talk.contains("no packet could be read"), "\(outcome.talk)")
  }

  /// A pcapng file of one packet whose recorder says how many it received and dropped within nine seconds.
  private func counted(received: UInt64, dropped: UInt64) -> [UInt8] {
    func word(_ number: UInt32) -> [UInt8] {
      (0..<4).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
    }
    func words(_ number: UInt64) -> [UInt8] {
      word(UInt32(truncatingIfNeeded: number)) + word(UInt32(truncatingIfNeeded: number >> 32))
    }
    func block(_ kind: UInt32, _ body: [UInt8]) -> [UInt8] {
      let length = word(UInt32(body.count + 12))
      return word(kind) + length + body + length
    }
    /// Microseconds since 1970, the upper half first.
    func time(_ second: UInt64) -> [UInt8] {
      let time = second * 1_000_000
      return word(UInt32(truncatingIfNeeded: time >> 32)) + word(UInt32(truncatingIfNeeded: time))
    }
    func option(_ code: UInt8, _ value: [UInt8]) -> [UInt8] { [code, 0, UInt8(value.count), 0] + value }
    let packet = PacketBuilder.tcp(
      TCPSegment(.ack, sequence: 1), from: Socket(Address(v4: 0x0A00_0001), 50_000),
      to: Socket(Address(v4: 0x0A00_0009), 80))
    let length = word(UInt32(packet.count))
    let (start, end) = (UInt64(1_795_165_080), UInt64(1_795_165_089))
    var bytes = block(0x0A0D_0D0A, word(0x1A2B_3C4D) + [1, 0, 0, 0] + words(.max))
    bytes += block(1, [101, 0, 0, 0] + word(0))
    bytes += block(6, word(0) + time(start) + length + length + packet)
    var statistics = word(0) + time(end)
    statistics += option(2, time(start)) + option(3, time(end))
    statistics += option(4, words(received)) + option(5, words(dropped)) + word(0)
    return bytes + block(5, statistics)
  }

  @Test(
    "more packets dropped than can have come, and never more than all",
    arguments: [
      (5, 5, "5 of 10 packets (50 %)"),
      // No store counts further than half of that.
      (1 << 63 + 5, 1 << 63 + 5, "of 18,446,744,073,709,551,614 packets (50 %)"),
      (.max, .max, "of 18,446,744,073,709,551,614 packets (50 %)"), (7, 1 << 40, "packets (100 %)"),
      (7, .max, "9,223,372,036,854,775,807 of 9,223,372,036,854,775,814 packets (100 %)"),
    ] as [(UInt64, UInt64, String)])
  func impossibleLoss(received: UInt64, dropped: UInt64, share: String) throws {
    let session = try Session()
    try session.write(counted(received: received, dropped: dropped), to: "odd.pcapng")
    let outcome = try session.run("learn", "-r", "@odd.pcapng")
    #expect(outcome.code == .done)
    #expect(outcome.talk.contains(share), "\(outcome.talk)")
    let isTold = outcome.talk.contains("warning: what `odd.pcapng` says of its losses can't be right: ")
    #expect(isTold == (dropped > 5), "\(outcome.talk)")
    func told(_ text: String) throws -> [Substring] {
      let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("loss") })
      return line.split(separator: " ").dropFirst().split(separator: ";").first.map(Array.init) ?? []
    }
    let status = try session.run("status").output
    #expect(try told(status).joined(separator: " ") == told(outcome.talk).joined(separator: " "))
  }

  /// A capture of packets within one second, whatever link type it names.
  private func capture(_ form: FrameForm, _ packets: [[UInt8]]) -> [UInt8] {
    var writer = CaptureWriter(form)
    for packet in packets { writer.write(packet, at: Instant(seconds: 1_795_165_080)) }
    return writer.bytes
  }

  private static let pod = Socket(Address(v4: 0x0A00_0001), 50_000)
  private static let server = Socket(Address(v4: 0x0A00_0009), 80)

  @Test(
    "a link type that is not that of the frames", arguments: [FrameForm.raw, .ethernet, .cooked2])
  func wrongLink(form: FrameForm) throws {
    let session = try Session()
    let packet = PacketBuilder.udp([1], from: Self.pod, to: Self.server)
    try session.write(capture(form, [packet, packet]), to: "wrong.pcap")
    let outcome = try session.run("learn", "-r", "@wrong.pcap")
    #expect(outcome.code == .done)
    #expect(
      outcome.talk.contains("warning: no packet could be read: 2 ") == (form != .raw), "\(outcome.talk)")
  }

  @Test("openings and answers alone, which nobody was seen to confirm", arguments: [0, 1, 2])
  func unconfirmed(confirmed: Int) throws {
    var packets: [[UInt8]] = []
    for host in UInt32(0)..<2 {
      let pod = Socket(Address(v4: 0x0A00_0001 + host), 50_000)
      let (mine, theirs) = (700 + 50 * host, 900 + 50 * host)
      let answer = TCPSegment([.syn, .ack], sequence: theirs, acknowledgement: mine + 1)
      packets.append(PacketBuilder.tcp(TCPSegment(.syn, sequence: mine), from: pod, to: Self.server))
      packets.append(PacketBuilder.tcp(answer, from: Self.server, to: pod))
      guard host < confirmed else { continue }
      let next = TCPSegment(.ack, sequence: mine + 1, acknowledgement: theirs + 1)
      packets.append(PacketBuilder.tcp(next, from: pod, to: Self.server))
    }
    let session = try Session()
    try session.write(capture(.raw, packets), to: "syn.pcap")
    let outcome = try session.run("learn", "-r", "@syn.pcap")
    #expect(outcome.code == .done)
    let warning =
      "warning: 2 connections were answered, and no client was seen to go on: they are missing among the needs\n"
    #expect(outcome.talk.contains(warning) == (confirmed == 0), "\(outcome.talk)")
    #expect(outcome.talk.contains("warning") == (confirmed == 0), "\(outcome.talk)")
  }

  @Test("a count of one goes with one of everything", arguments: Passed.allCases)
  func one(reason: Passed) {
    #expect(PassedWords.counted(2, reason) == "2 \(reason.rawValue)")
    let known = [
      Passed.cut: "1 frame cut short", .nothing: "1 packet that holds nothing",
      .otherTransport: "1 other transport", .overlayDepth: "1 overlay nested too deep",
      .nameOverflow: "1 DNS address beyond the names", .arp: "1 ARP", .linkType: "1 unknown link type",
      .overlayMalformed: "1 malformed packet in overlays", .oneSided: "1 one-sided remains of conversations",
      .overlayControl: "1 control message of overlays",
      .dnsName: "1 DNS answer about other than host names",
    ]
    if let text = known[reason] { #expect(PassedWords.counted(1, reason) == text) }
    // What is left in the plural is no count.
    let isPlural = PassedWords.counted(1, reason).split(separator: " ").dropFirst()
      .prefix { !["in", "of", "beyond", "between", "about", "among", "within"].contains($0) }
      .contains { $0.hasSuffix("s") && !["DNS", "remains", "holds", "address"].contains($0) && $0.count > 3 }
    #expect(!isPlural, "\(PassedWords.counted(1, reason))")
  }

  @Test("packets all cut before their headers end")
  func allCut() throws {
    let session = try Session()
    var bytes = Array(try Repository.read(Story.capture).prefix(24))
    for second in UInt32(0)..<3 {
      let start = bytes.count
      bytes += [UInt8](repeating: 0, count: 16 + 10)
      write(1_795_165_080 + second, at: start, in: &bytes)
      write(10, at: start + 8, in: &bytes)
      write(60, at: start + 12, in: &bytes)
    }
    try session.write(bytes, to: "cut.pcap")
    let outcome = try session.run("learn", "-r", "@cut.pcap")
    #expect(outcome.code == .done)
    #expect(
      outcome.talk.contains("warning: no packet could be read: 3 frames cut short\n"), "\(outcome.talk)")
    #expect(outcome.talk.contains("hint: record more of each packet"), "\(outcome.talk)")
  }

  @Test("more than there is room for, since a need may be among it", arguments: [1, 2])
  func crowdedOut(limit: Int) throws {
    var recording = Recording(recorder: "test", limit: limit)
    for host in UInt32(1)...2 {
      let datagram = PacketBuilder.udp(
        [7], from: Socket(Address(v4: 0x0A00_0000 + host), 50_000), to: Socket(Address(v4: 0x0A00_0009), 514))
      // In bounds: the span is the array's own.
      let frame = unsafe datagram.span.bytes
      recording.note(
        frame, link: .raw, at: Instant(seconds: 1_795_165_080 + Int64(host) * 3_600),
        wireLength: datagram.count)
    }
    var terminal = Terminal.inMemory(Environment([:]))
    let code = HarvestTalk.exitCode(recording.finish(), [], on: &terminal)
    #expect(code == .done)
    let warning =
      "warning: there was more than there is room for, and needs may be missing: 1 conversation beyond the facts\n"
    #expect(terminal.error.text.contains(warning) == (limit == 1), "\(terminal.error.text)")
  }

  @Test("a scan of more doors than there is room for is counted, and no need is said to be missing")
  func scanned() {
    var recording = Recording(recorder: "test", limit: 4)
    for port in UInt16(1)...9 {
      let segment = PacketBuilder.tcp(
        TCPSegment(.syn, sequence: 1), from: Socket(Address(v4: 0x0A00_0001), 50_000),
        to: Socket(Address(v4: 0x0A00_0009), port))
      // In bounds: the span is the array's own.
      let frame = unsafe segment.span.bytes
      recording.note(
        frame, link: .raw, at: Instant(seconds: 1_795_165_080 + Int64(port) * 200), wireLength: segment.count)
    }
    let harvest = recording.finish()
    var terminal = Terminal.inMemory(Environment([:]))
    _ = HarvestTalk.exitCode(harvest, [], on: &terminal)
    HarvestTalk.tell(harvest, [], keptIn: "store", on: &terminal)
    #expect(terminal.error.text.contains("6 attempts beyond the facts"), "\(terminal.error.text)")
    #expect(!terminal.error.text.contains("warning"), "\(terminal.error.text)")
  }

  @Test("a connection of which one side alone went on, and an answer of DNS that was cut")
  func halfSeen() throws {
    let (pod, resolver) = (Socket(Address(v4: 0x0A00_0001), 50_000), Socket(Address(v4: 0x0A00_0009), 53))
    let question: [UInt8] = [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0x61, 0, 0, 1, 0, 1]
    let cut = PacketBuilder.udp(question, from: pod, to: resolver).dropLast(5)
    let syn = PacketBuilder.tcp(TCPSegment(.syn, sequence: 1), from: pod, to: resolver)
    let after = PacketBuilder.tcp(
      TCPSegment(.ack, sequence: 2, acknowledgement: 9), from: pod, to: resolver)
    var recording = Recording(recorder: "test")
    for packet in [syn, after, Array(cut)] {
      // In bounds: the span is the array's own.
      let frame = unsafe packet.span.bytes
      recording.note(frame, link: .raw, at: Instant(seconds: 1_795_165_080), wireLength: packet.count + 5)
    }
    var terminal = Terminal.inMemory(Environment([:]))
    #expect(HarvestTalk.exitCode(recording.finish(), [], on: &terminal) == .done)
    for warning in [
      "warning: 1 connection was seen in one direction only, and may be missing among the needs\n",
      "warning: 1 DNS message was cut short: where a name is lost, rules are for the address of the day\n",
    ] {
      #expect(terminal.error.text.contains(warning), "\(terminal.error.text)")
    }
  }

  @Test("nothing about a capture that is as it should be")
  func fine() throws {
    let outcome = try Session().run("learn", "-r", Story.capture)
    #expect(!outcome.talk.contains("warning"), "\(outcome.talk)")
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func components(of text: String) -> Int {
    var count = 0
    var rest = Substring(self)
    while !rest.isEmpty {
      if rest.hasPrefix(text) { count += 1 }
      rest = rest.dropFirst()
    }
    return count
  }
}
