import Console
import TestSupport
import Testing
import Traffic

@testable import netpol_learn

@Suite("Traffic in an overlay is learned as if it travelled alone")
struct OverlayTests {
  private let nodes = (Address(v4: 0x0A00_000B), Address(v4: 0x0A00_000C))

  /// The payments story as a node's own interface shows it where the network plugin has an overlay.
  private func capture(_ carrier: Carrier, port: UInt16? = nil) throws -> [UInt8] {
    let story = try TrafficScript(try Repository.text("\(Story.folder)/story.txt"))
    var writer = CaptureWriter(.cooked2)
    let frames = story.frames { _, content, packet in
      guard content != .arp else { return }
      packet = carrier.carry(packet, from: nodes.0, to: nodes.1, port: port)
      content = .ipv4
    }
    for frame in frames { writer.write(frame.bytes, at: frame.at, keeping: frame.kept) }
    return writer.bytes
  }

  private func edges(_ bytes: [UInt8], _ words: String...) throws -> String {
    let session = try Session()
    try session.write(bytes, to: "carried.pcap")
    let outcome = try session.run(["learn", "-r", "@carried.pcap", "--cluster", Story.cluster] + words)
    #expect(outcome.code == .done, "\(outcome.talk)")
    return try session.run("flows", "-o", "jsonl").output
  }

  @Test("at the usual ports", arguments: [Carrier.vxlan, .geneve, .ip])
  func usual(carrier: Carrier) throws {
    #expect(try edges(capture(carrier)) == Session.ofTheStory().run("flows", "-o", "jsonl").output)
  }

  @Test("at a port that is named, and at no other")
  func named() throws {
    let expected = try Session.ofTheStory().run("flows", "-o", "jsonl").output
    let bytes = try capture(.vxlan, port: 14_789)
    #expect(try edges(bytes, "--overlay-port", "9", "--overlay-port", "14789") == expected)
    #expect(try edges(bytes, "--overlay-port", "9") != expected)
  }

  @Test("ports beyond five are refused before anything is read")
  func tooMany() throws {
    let session = try Session()
    let ports = (1...6).flatMap { ["--overlay-port", "\($0)"] }
    let outcome = try session.run(["learn", "-r", Story.capture] + ports)
    #expect(outcome.code == .usage)
    #expect(outcome.talk.contains("no more than 5 more ports are looked at"))
    #expect(session.text(of: "netpol-learn.db") == nil)
  }
}
