import Console
import TestSupport
import Testing

@testable import netpol_learn

@Suite("Every capture is read once, wherever it comes from")
struct CaptureFileTests {
  private func edges(_ session: Session) throws -> String { try session.run("flows", "-o", "jsonl").output }

  @Test("a pipe gives what the file gives")
  func pipe() throws {
    let session = try Session()
    let pipe = try Pipe(Repository.read(Story.capture))
    let outcome = try session.run("learn", "-r", pipe.path, "--cluster", Story.cluster)
    #expect(outcome.code == .done)
    #expect(outcome.talk.contains("805 packets"), "\(outcome.talk)")
    #expect(try edges(session) == edges(Session.ofTheStory()))
  }

  @Test("a pipe whose content is known is skipped, and nothing changes")
  func knownPipe() throws {
    let session = try Session.ofTheStory()
    let before = try edges(session)
    let pipe = try Pipe(Repository.read(Story.capture))
    let outcome = try session.run("learn", "-r", pipe.path)
    #expect(outcome.code == .done)
    #expect(outcome.talk == "skipped  \(pipe.path), which is in netpol-learn.db already\n")
    #expect(try edges(session) == before)
  }

  @Test("a file named twice in one run counts once, also when it comes through a pipe")
  func twice() throws {
    let reference = try edges(Session.ofTheStory())
    let session = try Session()
    let first = try session.run("learn", "-r", Story.capture, "-r", Story.capture, "--cluster", Story.cluster)
    #expect(first.code == .done)
    #expect(first.talk.contains("skipped  \(Story.capture), which is named twice\n"))
    #expect(try edges(session) == reference)

    let other = try Session()
    let pipe = try Pipe(Repository.read(Story.capture))
    let second = try other.run("learn", "-r", pipe.path, "-r", Story.capture, "--cluster", Story.cluster)
    #expect(second.code == .done)
    #expect(second.talk.contains("skipped  \(pipe.path), which is the same as \(Story.capture)\n"))
    #expect(try edges(other) == reference)
  }

  @Test("a file that has grown since is not counted twice under one recorder")
  func grown() throws {
    let whole = try Repository.read(Story.capture)
    // The file's head, and its first records.
    var end = 24
    for _ in 0..<400 {
      end += 16 + (0..<4).reduce(0) { $0 | Int(whole[end + 8 + $1]) << (8 * $1) }
    }
    let session = try Session()
    try session.write(Array(whole.prefix(end)), to: "early.pcap")
    try session.write(whole, to: "late.pcap")
    #expect(try session.run("learn", "-r", "@early.pcap", "--recorder", "node-a").code == .done)
    let before = try edges(session)
    let outcome = try session.run("learn", "-r", "@late.pcap", "--recorder", "node-a")
    #expect(outcome.code == .refused)
    #expect(
      outcome.talk.contains(
        "error: `late.pcap` begins with the packets of `early.pcap`, which `node-a` learned from before"),
      "\(outcome.talk)")
    #expect(try edges(session) == before)
    // Both ways that the hint names give what the whole file gives.
    let reference = try Session()
    _ = try reference.run("learn", "-r", Story.capture)
    let apart = try session.run("learn", "-r", "@late.pcap", "--recorder", "node-b")
    #expect(apart.code == .done)
    #expect(try edges(session) == edges(reference))
    let own = try session.run(
      "learn", "-r", "@late.pcap", "--recorder", "node-a", "--db", session.path("own.db"))
    #expect(own.code == .done)
    let merged = try session.run("merge", "--out", "@all.db", "@netpol-learn.db", "@own.db")
    #expect(merged.code == .done)
    // What was cut in the middle came less far then, and is a row of its own: no more than one a connection.
    let all = try session.run("flows", "-o", "csv", "--db", session.path("all.db")).output
    let wanted = try reference.run("flows", "-o", "csv").output
    #expect(withoutCounts(all) == withoutCounts(wanted))
  }

  /// Lines of CSV without how many conversations there were.
  private func withoutCounts(_ lines: String) -> [[Substring]] {
    lines.split(whereSeparator: \.isNewline).map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      return Array(fields.prefix(4) + fields.dropFirst(5))
    }
  }

  @Test("another file of the same recorder is learned beside the first")
  func nextFile() throws {
    let whole = try Repository.read(Story.capture)
    var end = 24
    for _ in 0..<400 {
      end += 16 + (0..<4).reduce(0) { $0 | Int(whole[end + 8 + $1]) << (8 * $1) }
    }
    let session = try Session()
    try session.write(Array(whole.prefix(end)), to: "one.pcap")
    try session.write(Array(whole.prefix(24) + whole.dropFirst(end)), to: "two.pcap")
    for name in ["@one.pcap", "@two.pcap"] {
      #expect(try session.run("learn", "-r", name, "--recorder", "node-a").code == .done)
    }
  }

  @Test("a new pipe mixed with a known one can't be told from it, and nothing is kept")
  func mixedPipes() throws {
    let session = try Session.ofTheStory()
    let before = try edges(session)
    let bytes = try Repository.read(Story.capture)
    let known = try Pipe(bytes)
    let fresh = try Pipe(Array(bytes.prefix(24)))
    let outcome = try session.run("learn", "-r", known.path, "-r", fresh.path)
    #expect(outcome.code == .refused)
    #expect(outcome.talk.contains("hint: read each pipe in a run of its own"))
    #expect(try edges(session) == before)
  }

  @Test("standard input is no capture and cluster at once")
  func sharedInput() throws {
    #expect(try Session().run("learn", "-r", "-", "--cluster", "-").code == .usage)
  }

  @Test("a length that is damaged in the middle ends the run with 3, and does not pass for a cut end")
  func damagedLength() throws {
    let session = try Session()
    var bytes = try Repository.read(Story.capture)
    var place = 24
    for _ in 0..<400 { place += 16 + Int(bytes[place + 8]) + Int(bytes[place + 9]) << 8 }
    bytes.replaceSubrange(place + 8..<place + 16, with: [0x60, 0xEA, 0, 0, 0x60, 0xEA, 0, 0])
    try session.write(bytes, to: "damaged.pcap")
    let outcome = try session.run("learn", "-r", "@damaged.pcap")
    #expect(outcome.code == .input)
    #expect(outcome.talk.contains("after 400 packets: a record of 60000 bytes"), "\(outcome.talk)")
  }

  @Test("what is no capture, beside one that is: it is read, and the run ends with 3")
  func noCaptureBeside() throws {
    let reference = try Session.ofTheStory().run("flows", "-o", "jsonl").output
    let session = try Session()
    try session.write("kind: Pod\n", to: "pod.yaml")
    try session.write([], to: "empty.pcap")
    let outcome = try session.run(
      "learn", "-r", "@pod.yaml", "-r", Story.capture, "-r", "@empty.pcap", "--cluster", Story.cluster)
    #expect(outcome.code == .input)
    #expect(
      outcome.talk.contains("error: `pod.yaml` is not a capture: it looks like text\n"), "\(outcome.talk)")
    #expect(outcome.talk.contains("error: `empty.pcap` is empty\n"), "\(outcome.talk)")
    #expect(try session.run("flows", "-o", "jsonl").output == reference)
    // The capture is known by now, and what is none is none still.
    let again = try session.run("learn", "-r", "@pod.yaml", "-r", Story.capture)
    #expect(again.code == .input && again.talk.contains("skipped  "), "\(again.talk)")
  }

  @Test("a name that nothing has ends the run before anything is read")
  func wrongName() throws {
    let session = try Session()
    let outcome = try session.run("learn", "-r", Story.capture, "-r", "@nowhere.pcap")
    #expect(outcome.code == .usage)
    #expect(session.text(of: "netpol-learn.db") == nil)
  }
}
