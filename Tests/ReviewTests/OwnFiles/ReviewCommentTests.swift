import TestSupport
import Testing

@testable import Review

@Suite("Comments that people write into a review file stay in it")
struct ReviewCommentTests {
  private static func read(_ text: String) throws -> ReviewFile {
    try ReviewFile(Array(text.utf8), file: "r.yaml")
  }

  /// A file of two entries, with words in places of it.
  private static func file(
    top: String = "", list: String = "", first: String = "", inside: String = "", between: String = "",
    end: String = ""
  ) -> String {
    """
    \(top)kind: Review
    edges:\(list)
    \(first)- client: a
      server: b\(inside)
      port: 22, 80
      protocol: TCP
    \(between)- {client: c, server: d, port: 1, protocol: UDP, decision: reject, owner: bob}
    \(end)
    """
  }

  @Test(
    "each stays with what it was written to",
    arguments: [
      (file(top: "# t\n"), "# t\napiVersion: "), (file(list: " # l"), "# l\napiVersion: "),
      (file(first: "# f\n"), "edges:\n# f\n- client: a\n"),
      (file(inside: " # i"), "edges:\n# i\n- client: a\n"),
      (file(inside: "\n  # i"), "edges:\n# i\n- client: a\n"),
      (file(between: "#b b\n# and\n"), "expires: \"\"\n#b b\n# and\n- client: c\n"),
      (file(between: "  # of a\n"), "edges:\n# of a\n- client: a\n"),
      (file(end: "# e"), "expires: \"\"\n# e\n"),
    ])
  func places(text: String, words: String) throws {
    let written = try Self.read(text).text
    #expect(written.contains(words), "\(written)")
    #expect(try Self.read(written).text == written)
    #expect(try Self.read(written).entries.map(\.said) == Self.read(text).entries.map(\.said))
  }

  @Test("our own introduction is written once, today's and every earlier one")
  func introduction() throws {
    let plain = try Self.read("kind: Review\nedges: []\n").text
    #expect(try Self.read(plain).text == plain)
    #expect(plain.hasSuffix("kind: Review\nedges: []\n"))
    for line in ReviewFile.everyIntroduction where !line.isEmpty {
      #expect(try Self.read("# mine\n#\n# \(line)\n#\n# yours\n" + plain).text.contains("# mine\n"))
      #expect(try Self.read("# \(line)\n#\n" + plain).text == plain)
    }
  }

  @Test("a comment that is longer than any line of ours stays whole")
  func long() throws {
    let comment = "# " + String(repeating: "väry löng ", count: 40) + "end"
    #expect(try Self.read(Self.file(first: comment + "\n")).text.contains("\n" + comment + "\n"))
  }

  @Test(
    "wherever comments are put none is lost, and the next run moves none", arguments: 0..<20 as Range<UInt64>)
  func law(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let entries = (0..<4).map { number in
      "- client: c\(number)\n  server: s\n  port: 1\(number)\n  protocol: TCP\n  reason: |\n    two # no\n    # no\n"
    }
    var number = 0
    var text = ""
    for line in ("kind: Review\nedges:\n" + entries.joined()).split(separator: "\n") {
      let isText = line.hasPrefix("    ")
      if !isText, Int.random(in: 0..<3, using: &random) == 0 {
        number += 1
        text += String(repeating: " ", count: Int.random(in: 0...2, using: &random)) + "# c\(number)c\n"
      }
      text += line
      if !isText, Int.random(in: 0..<3, using: &random) == 0 {
        number += 1
        text += " # c\(number)c"
      }
      text += "\n"
    }
    let written = try Self.read(text).text
    for number in 0..<number {
      let parts = written.split(separator: "# c\(number + 1)c\n", omittingEmptySubsequences: false)
      #expect(parts.count == 2, "seed \(seed): \(number + 1)\n\(text)\(written)")
    }
    #expect(try Self.read(written).text == written)
    let reasons = try Self.read(written).entries.map(\.said.reason)
    #expect(reasons == Array(repeating: "two # no\n# no\n", count: 4))
  }
}
