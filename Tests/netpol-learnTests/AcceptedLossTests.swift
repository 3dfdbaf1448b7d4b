import Console
import TestSupport
import Testing

@testable import netpol_learn

// Losses that people accept or reject.
extension ReviewFileTests {
  @Test("an accepted loss stays in the talk, also where too little was seen of it to stand in the way")
  func loss() throws {
    let (session, _) = try Self.first()
    let before = try Self.generate(session).talk
    #expect(before.contains("2 edges not attributed") && !before.contains("accepted loss"), "\(before)")
    try session.write(
      Self.filled(Self.entry("accept", client: "address 10.244.1.17")), to: "decided.yaml")
    let outcome = try Self.generate(session, "--accept", "@decided.yaml")
    #expect(outcome.code == .done)
    #expect(outcome.talk.contains("1 edge not attributed, 1 accepted loss"), "\(outcome.talk)")
  }

  @Test("what stands in the way of policies is printed as what would accept it, and that file lets it go on")
  func obstacle() throws {
    let session = try Session()
    let cluster = try String(decoding: Repository.read(Story.cluster), as: UTF8.self)
    try session.write(cluster.replacing("10.244.1.11", with: "10.244.1.99"), to: "later.json")
    _ = try session.run("learn", "-r", Story.capture, "--cluster", "@later.json")
    let refused = try Self.generate(session)
    #expect(refused.code == .refused)
    #expect(session.text(of: "policies/kustomization.yaml") == nil)
    let lines = refused.talk.split(separator: "\n").drop { $0 != "  kind: Review" }.prefix {
      $0.hasPrefix("  ")
    }
    #expect(lines.count == 4, "\(refused.talk)")
    let filled = lines.joined(separator: "\n") + "\n"
    try session.write(filled, to: "decided.yaml")
    #expect(try Self.generate(session, "--accept", "@decided.yaml").talk.contains("`owner` doesn't say who"))
    try session.write(filled.replacing(#""owner":"""#, with: #""owner":"alice""#), to: "decided.yaml")
    let outcome = try Self.generate(session, "--accept", "@decided.yaml")
    #expect(outcome.code == .done, "\(outcome.talk)")
    #expect(
      outcome.talk.contains(
        """
        warning: 2 edges cut though needed, as was decided
          10.244.1.11 → payments/postgres 5432/TCP
          10.244.1.11 → payments/redis 6379/TCP
        hint: what must not be cut wants another decision in the file at `--accept`, or a rule by hand
        """), "\(outcome.talk)")
    #expect(outcome.talk.contains("2 accepted losses"), "\(outcome.talk)")
    #expect(session.text(of: Self.file)?.contains("decision: accept\n") == true)
  }

  @Test("what nobody can be named for and was rejected is no accepted loss, nor called needed")
  func rejectedLoss() throws {
    let session = try Session()
    let cluster = try String(decoding: Repository.read(Story.cluster), as: UTF8.self)
    try session.write(cluster.replacing("10.244.1.11", with: "10.244.1.99"), to: "later.json")
    _ = try session.run("learn", "-r", Story.capture, "--cluster", "@later.json")
    let lines = try Self.generate(session).talk.split(separator: "\n").drop { $0 != "  kind: Review" }
    let entries = lines.prefix { $0.hasPrefix("  ") }.joined(separator: "\n") + "\n"
    let filled = entries.replacing(#""accept""#, with: #""reject""#).replacing(
      #""owner":"""#, with: #""owner":"alice""#)
    try session.write(filled, to: "decided.yaml")
    let outcome = try Self.generate(session, "--accept", "@decided.yaml")
    #expect(outcome.code == .done, "\(outcome.talk)")
    #expect(!outcome.talk.contains("accepted loss") && !outcome.talk.contains("cut though needed"))
  }
}
