import Console
import Documents
import TestSupport
import Testing
import Traffic

@testable import netpol_learn

/// A pod on one machine sends in another's name what nobody answers, and both that machine and another record it.
@Suite("What one recorder saw sent in another's name stays told, whatever others saw")
struct SpoofedSourceTests {
  private static let story = Sample.all.first { $0.name == "dual-stack" } ?? .payments
  private static let edge = ["media/catalog", "media/stats", "8125/UDP"]

  /// A store of the recorder that sees by which interface it came in, and of one that cannot judge.
  private static func session(_ recorders: String...) throws -> Session {
    let poison = try #require(Poison.all.first { $0.name.hasPrefix("ten minutes of one-way datagrams") })
    var capture = PoisonedCapture(try story.script(), from: Instant("2026-11-20T09:24:00Z") ?? .distantPast)
    poison.benign?(&capture)
    poison.add(&capture)
    let session = try Session()
    try session.write(capture.bytes, to: "a.pcap")
    // One packet more makes it another file.
    capture.wait(milliseconds: 1_000)
    poison.benign?(&capture)
    try session.write(capture.bytes, to: "b.pcap")
    try session.write(capture.bytes.prefix(24) + [], to: "empty.pcap")
    for recorder in recorders {
      let files = recorder == "node-a" ? ["-r", "@a.pcap"] : ["-r", "@b.pcap", "-r", "@empty.pcap"]
      let outcome = try session.run(
        ["learn", "--recorder", recorder, "--cluster", story.cluster] + files)
      #expect(outcome.code == .done, "\(outcome.talk)")
    }
    return session
  }

  @Test("where another recorder makes a need of it, generate and flows say on whose word it stands")
  func broughtBack() throws {
    let session = try Self.session("node-a", "node-b")
    let generated = try session.run(["generate"] + Self.story.namespaceOptions)
    #expect(generated.code == .done, "\(generated.talk)")
    #expect(
      generated.talk.contains("1 need stands on datagrams that nobody answered, of which others were seen to")
    )
    let detail =
      "interface \(Here.banner) of `node-a`, behind which another sits; the need is what `node-b` saw"
    #expect(generated.talk.contains(detail), "\(generated.talk)")
    let flows = try session.run("flows", "--port", "8125").output.split(separator: "\n")
    let lines = flows.filter { $0.contains(" others send there in its name") }
    #expect(lines.count == 1 && lines[0].contains("media/catalog"), "\(flows)")
  }

  @Test("where nobody makes a need of it, why and status name it all the same")
  func alone() throws {
    let session = try Self.session("node-a")
    let why = try session.run(["why"] + Self.edge)
    let lines = why.output.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.hasPrefix("not seen ") }, "\(why.output)")
    #expect(
      lines.contains { $0.hasPrefix("spoofed ") && $0.hasSuffix("which another sent in the client's name") },
      "\(why.output)")
    #expect(
      lines.contains { $0.contains("look who sits behind interface \(Here.banner) of `node-a`") },
      "\(why.output)")
    let document = try JSON.read(Array(try session.run(["why"] + Self.edge + ["-o", "json"]).output.utf8))
    let spoofed = document["spoofed"]?.sequence?.first
    #expect(spoofed?["interfaces"]?.sequence?.first?["recorder"]?.string == "node-a")
    let status = try session.run("status").output.split(separator: "\n")
    #expect(
      status.contains { $0.hasPrefix("spoofed ") && $0.contains("media/catalog → ") }, "\(status)")
    let generated = try session.run(["generate"] + Self.story.namespaceOptions)
    #expect(!generated.talk.contains("in the client's name"))
  }

  @Test("stores of both that are merged tell the same as one")
  func merged() throws {
    let session = try Self.session("node-a", "node-b")
    _ = try session.run("merge", "--out", "@all.db", "@netpol-learn.db")
    let words = ["why"] + Self.edge
    let (one, all) = (try session.run(words), try session.run(words + ["--db", "@all.db"]))
    #expect(one.output.contains("\nspoofed ") && one.output == all.output)
  }
}
