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
    #expect(outcome.talk.contains("1 frames of an impossible time"), "\(outcome.talk)")
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
      "warning: there was more than there is room for, and needs may be missing: 1 conversations beyond the facts\n"
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
