import Console
import TestSupport
import Testing

@testable import netpol_learn

@Suite("What people decided counts in every run into a folder of namespaces")
struct FolderReviewTests {
  private static let top = "policies/netpol-learn.review"
  private static let within = "policies/payments/netpol-learn.review"
  private static let place =
    "  port: 5432\n  protocol: TCP\n  bin: quarantined\n  finding: scan\n  tier: established\n"

  /// A review file in which the debug shell may ask the database.
  private static func decided(_ text: String, _ answer: String = "accept", comment: String = "") -> String {
    text.replacing(
      place + "  decision: \"\"\n  owner: \"\"\n",
      with: place + "  decision: \(answer)\(comment)\n  owner: alice\n")
  }

  private static func generate(_ session: Session, _ words: String...) throws -> Session.Outcome {
    try session.run(["generate"] + words)
  }

  private static func isAccepted(_ session: Session, in folder: String = "policies/payments") -> Bool {
    session.text(of: "\(folder)/networkpolicy-postgres.yaml")?.contains("accepted by alice") == true
  }

  @Test(
    "a run for all reads the file of one namespace's folder, keeps it there, and puts what is new above",
    arguments: ["--out", "--into"])
  func within(option: String) throws {
    let session = try Session.ofTheStory()
    #expect(try Self.generate(session, "-n", "payments", "--out", "@policies/payments").code == .done)
    let entry = "- client: Pod payments/debug-shell\n  server: StatefulSet payments/postgres\n"
    let first = Self.decided(try #require(session.text(of: Self.within)))
      .replacing(entry + "  port: 5432", with: "# the ticket\n" + entry + "  port: 5432")
    // An entry that is not there any more is new.
    let last = "- client: address 10.244.1.17\n"
    let text = try #require(first.split(separator: last).first.map(String.init))
    #expect(text.contains("# the ticket") && text.contains("decision: accept") && text != first)
    try session.write(text, to: Self.within)
    let outcome = try Self.generate(session, "-A", option, "@policies")
    #expect(outcome.code == .done, "\(outcome.talk)")
    #expect(outcome.talk.contains("decided  1 accepted in \(Self.within)\n"), "\(outcome.talk)")
    #expect(Self.isAccepted(session))
    #expect(session.text(of: Self.within) == text)
    let above = try #require(session.text(of: Self.top))
    #expect(above.contains("edges:\n" + last) && !above.contains("debug-shell"), "\(above)")
    // The namespace alone says the same, called either way.
    for folder in ["@policies", "@policies/payments"] {
      let alone = try Self.generate(session, "-n", "payments", option, folder)
      #expect(alone.code == .done, "\(alone.talk)")
      #expect(alone.talk.contains("1 accepted in \(Self.within)"), "\(alone.talk)")
      #expect(Self.isAccepted(session))
      #expect(session.text(of: Self.within) == text)
      #expect(session.text(of: Self.top) == above)
    }
  }

  @Test(
    "a run for one namespace's folder reads the file above, and writes nothing there",
    arguments: ["--out", "--into"])
  func above(option: String) throws {
    let session = try Session.ofTheStory()
    #expect(try Self.generate(session, "-A", "--out", "@policies").code == .done)
    let text = Self.decided(try #require(session.text(of: Self.top)), comment: " # for now")
    try session.write(text, to: Self.top)
    let outcome = try Self.generate(session, "-n", "payments", option, "@policies/payments")
    #expect(outcome.code == .done, "\(outcome.talk)")
    #expect(outcome.talk.contains("decided  1 accepted in \(Self.top)\n"), "\(outcome.talk)")
    #expect(Self.isAccepted(session))
    #expect(session.text(of: Self.top) == text)
    #expect(session.text(of: Self.within) == nil)
    // What a file at --accept says beside it is kept in the folder that is written into.
    let entry =
      "- {client: Pod payments/debug-shell, server: StatefulSet payments/redis, port: 6379, protocol: TCP, decision: reject, owner: bob}\n"
    try session.write("kind: Review\nedges:\n" + entry, to: "more.yaml")
    #expect(
      try Self.generate(session, "-n", "payments", option, "@policies/payments", "--accept", "@more.yaml")
        .code == .done)
    let kept = try #require(session.text(of: Self.within))
    #expect(kept.contains("server: StatefulSet payments/redis\n") && kept.contains("owner: bob\n"), "\(kept)")
    #expect(!kept.contains("postgres") && session.text(of: Self.top) == text, "\(kept)")
    let damaged = text.replacing("decision: accept", with: "decision: perhaps")
    try session.write(damaged, to: Self.top)
    let refused = try Self.generate(session, "-n", "payments", option, "@policies/payments")
    #expect(refused.code == .input && refused.talk.contains("error: `\(Self.top):"), "\(refused.talk)")
  }

  @Test("a folder beside counts where it is a namespace's, and one that is anything else does not")
  func beside() throws {
    let session = try Session.ofTheStory()
    #expect(try Self.generate(session, "-n", "payments", "-n", "web", "--out", "@policies").code == .done)
    let text = Self.decided(try #require(session.text(of: Self.top)))
    session.remove(Self.top)
    try session.write(text.replacing("alice", with: "eve"), to: "policies/old/netpol-learn.review")
    try session.write(text, to: "policies/web/netpol-learn.review")
    let outcome = try Self.generate(session, "-n", "payments", "--out", "@policies/payments")
    #expect(outcome.code == .done, "\(outcome.talk)")
    #expect(
      outcome.talk.contains("decided  1 accepted in policies/web/netpol-learn.review\n"), "\(outcome.talk)")
    #expect(Self.isAccepted(session))
    #expect(session.text(of: "policies/web/netpol-learn.review") == text)
    // What was answered beside is not asked again, and what is open is listed.
    let own = try #require(session.text(of: Self.within))
    #expect(!own.contains("decision: accept") && own.contains("decision: \"\""), "\(own)")
    #expect(!own.contains(Self.place), "\(own)")
  }

  @Test(
    "files of both folders that contradict each other are refused with both lines",
    arguments: [
      ["-A", "--out", "@policies"], ["-n", "payments", "--out", "@policies"],
      ["-n", "payments", "--out", "@policies/payments"], ["-n", "payments", "--into", "@policies/payments"],
      ["-A", "--into", "@policies"],
    ])
  func contradiction(words: [String]) throws {
    let session = try Session.ofTheStory()
    #expect(try Self.generate(session, "-A", "--out", "@policies").code == .done)
    let text = try #require(session.text(of: Self.top))
    try session.write(Self.decided(text), to: Self.top)
    try session.write(Self.decided(text, "reject"), to: Self.within)
    let outcome = try session.run(["generate"] + words)
    #expect(outcome.code == .input)
    let places = outcome.talk.split(separator: "`decision` is `accept` at \(Self.top):")
    let mirrored = outcome.talk.split(separator: "`decision` is `reject` at \(Self.within):")
    #expect(max(places.count, mirrored.count) == 2, "\(outcome.talk)")
    #expect(
      outcome.talk.contains("and `reject` at \(Self.within):")
        || outcome.talk.contains("and `accept` at \(Self.top):"), "\(outcome.talk)")
    #expect(session.text(of: Self.top) == Self.decided(text))
  }

  @Test("an edge of two files stays in both, each with what it says itself")
  func both() throws {
    let session = try Session.ofTheStory()
    #expect(try Self.generate(session, "-A", "--out", "@policies").code == .done)
    let open = try #require(session.text(of: Self.top))
    let decided = Self.decided(open)
    try session.write(decided, to: Self.within)
    #expect(try Self.generate(session, "-A", "--out", "@policies").code == .done)
    #expect(Self.isAccepted(session))
    #expect(session.text(of: Self.top) == open)
    #expect(session.text(of: Self.within) == decided)
    // Taken back in its one place it is taken back.
    try session.write(open, to: Self.within)
    #expect(try Self.generate(session, "-A", "--out", "@policies").code == .done)
    #expect(!Self.isAccepted(session))
  }
}
