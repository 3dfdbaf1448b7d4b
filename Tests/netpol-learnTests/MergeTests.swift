import Console
import FlowStore
import Testing

@testable import netpol_learn

@Suite("Several stores become one")
struct MergeTests {
  @Test("a capture's store and an inventory's give the policies of one that has both")
  func whole() throws {
    let session = try Session.ofTheStory()
    _ = try session.run("learn", "-r", Story.capture, "--db", "@node.db")
    _ = try session.run("cluster", "--cluster", Story.cluster, "--db", "@roster.db")
    for _ in 1...2 {
      let merged = try session.run("merge", "--out", "@all.db", "@node.db", "@roster.db", "@node.db")
      #expect(merged.code == .done && merged.output.isEmpty)
    }
    for words in [["flows", "-o", "json"], ["generate", "--ns", "payments"]] {
      let expected = try session.run(words)
      #expect(try session.run(words + ["--db", "@all.db"]).output == expected.output)
      #expect(!expected.output.isEmpty)
    }
  }

  @Test(
    "what is no store is refused, and nothing is made",
    arguments: [
      (["@missing.db"], ExitCode.usage, "no store at `missing.db`"),
      (["@text.db"], .input, "`text.db` is not a netpol-learn store"), ([], .usage, "STORE"),
    ])
  func refusals(words: [String], code: ExitCode, message: String) throws {
    let session = try Session()
    try session.write("nothing of ours", to: "text.db")
    let outcome = try session.run(["merge", "--out", "@all.db"] + words)
    #expect(outcome.code == code)
    #expect(outcome.talk.contains(message), "\(outcome.talk)")
    #expect(session.text(of: "all.db") == nil)
  }

  @Test(
    "what is told to do next names `--out` for the store that is made, and no option for the others",
    arguments: [
      (["--out", "@text.db", "@node.db"], "hint: `--out FILE` names another"),
      (["--out", "@no/all.db", "@node.db"], "hint: `--out FILE` names another"),
      (["--out", "@all.db", "@text.db"], "hint: `netpol-learn learn` and `netpol-learn cluster` make one\n"),
      (
        ["--out", "@all.db", "@missing.db"],
        "hint: `netpol-learn learn` and `netpol-learn cluster` make one\n"
      ),
    ])
  func hints(words: [String], hint: String) throws {
    let session = try Session()
    try session.write("nothing of ours", to: "text.db")
    try session.write([] as [UInt8], to: "node.db")
    let outcome = try session.run(["merge"] + words)
    #expect(outcome.code != .done)
    #expect(outcome.talk.contains(hint), "\(outcome.talk)")
    #expect(!outcome.talk.contains("--db"))
  }

  @Test("rows that changed are told by table and key, and end the run with 3")
  func changed() throws {
    let session = try Session()
    _ = try session.run("learn", "-r", Story.capture, "--db", "@node.db")
    var bytes = try #require(session.bytes(of: "node.db"))
    // A name as it stands in the file, and nowhere else.
    let name = Array("api.paygate.example".utf8)
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: name) })
    bytes[place] = UInt8(ascii: "b")
    try session.write(bytes, to: "node.db")
    for words in [["merge", "--out", "@all.db", "@node.db"], ["flows", "--db", "@node.db"]] {
      let outcome = try session.run(words)
      #expect(outcome.code == .input)
      #expect(outcome.talk.contains("of `node.db` are not what was written"), "\(outcome.talk)")
      #expect(outcome.talk.contains("\n  names: id "), "\(outcome.talk)")
    }
  }
}
