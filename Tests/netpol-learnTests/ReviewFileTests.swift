import Console
import Documents
import Review
import TestSupport
import Testing

@testable import netpol_learn

@Suite("People decide in the review file what is kept out")
struct ReviewFileTests {
  static let file = "policies/netpol-learn.review"

  /// The story's review file, as the first run writes it.
  static func first() throws -> (session: Session, text: String) {
    let session = try Session.ofTheStory()
    let outcome = try session.run("generate", "--ns", "payments", "--out", "@policies")
    #expect(outcome.code == .done, "\(outcome.talk)")
    return (session, try #require(session.text(of: file)))
  }

  static func generate(_ session: Session, _ words: String...) throws -> Session.Outcome {
    try session.run(["generate", "--ns", "payments", "--out", "@policies"] + words)
  }

  /// An entry for one edge of the story.
  static func entry(
    _ decision: String, client: String = "Pod payments/debug-shell",
    server: String = "StatefulSet payments/postgres",
    port: String = "5432", rest: String = ", owner: alice"
  ) -> String {
    "- {client: \(client), server: \(server), port: \(port), protocol: TCP, decision: \(decision)\(rest)}\n"
  }

  static func filled(_ entries: String...) -> String {
    "apiVersion: netpol-learn/v1\nkind: Review\nedges:\n" + entries.joined()
  }

  @Test("the first run lists every edge that was kept out or that is nobody's, and nothing that moves")
  func first() throws {
    let (session, text) = try Self.first()
    expectGolden(text, "\(Story.expected)/policies/netpol-learn.review")
    let list = try #require(session.text(of: "policies/kustomization.yaml"))
    #expect(!list.contains("review"))
    #expect(!text.contains("2026") || text.contains("2027-01-31"))
  }

  @Test("it is no manifest to whoever reads the folder")
  func passedOver() throws {
    let (session, _) = try Self.first()
    let difference = try session.run("diff", "--ns", "payments", "--against", "@policies")
    #expect(difference.code == .done, "\(difference.talk)")
    let lint = try session.run("lint", "@policies", "--fail-on", "info", "-o", "json")
    #expect(!lint.output.contains("review"), "\(lint.output)")
    let reach = try session.run("reach", "--manifests", "@policies", "--cluster", Story.cluster)
    #expect(reach.code == .done, "\(reach.talk)")
    let cluster = try session.run("cluster", "--cluster", "@policies", "--db", "@other.db")
    #expect(cluster.code == .done, "\(cluster.talk)")
  }

  @Test("what is accepted becomes a rule of its own that names who accepted it, and the next run keeps it")
  func accept() throws {
    let (session, text) = try Self.first()
    let decided = Self.filled(
      Self.entry("accept", rest: ", owner: alice, reason: on call, expires: 2999-12-31"))
    try session.write(decided, to: "decided.yaml")
    let second = try Self.generate(session, "--accept", "@decided.yaml")
    #expect(second.code == .done, "\(second.talk)")
    #expect(second.talk.contains("1 accepted edge"))
    let policy = try #require(session.text(of: "policies/networkpolicy-postgres.yaml"))
    #expect(policy.contains("  # debug-shell; accepted by alice\n"), "\(policy)")
    #expect(session.text(of: "policies/networkpolicy-debug-shell.yaml") != nil)
    let kept = try #require(session.text(of: Self.file))
    #expect(kept != text)
    #expect(
      kept.contains(
        "  finding: scan\n  tier: established\n  decision: accept\n  owner: alice\n  reason: on call\n  expires: \"2999-12-31\"\n"
      ), "\(kept)")
    let third = try Self.generate(session, "--accept", "@" + Self.file)
    #expect(third.code == .done && third.talk == "decided  1 accepted in \(Self.file)\n" + second.talk)
    #expect(session.text(of: Self.file) == kept)
    #expect(session.text(of: "policies/networkpolicy-postgres.yaml") == policy)
  }

  @Test("what is rejected stays closed, and no policy moves")
  func reject() throws {
    let (session, _) = try Self.first()
    let before = try #require(session.text(of: "policies/networkpolicy-postgres.yaml"))
    try session.write(Self.filled(Self.entry("reject", rest: ", owner: bob")), to: "decided.yaml")
    let second = try Self.generate(session, "--accept", "@decided.yaml")
    #expect(second.code == .done)
    #expect(session.text(of: "policies/networkpolicy-postgres.yaml") == before)
    #expect(session.text(of: Self.file)?.contains("decision: reject\n  owner: bob\n") == true)
  }

  @Test("an answer that has expired is told and open; on its last day it holds")
  func expired() throws {
    let (session, _) = try Self.first()
    try session.write(
      Self.filled(Self.entry("accept", rest: ", owner: alice, expires: 2026-01-31")), to: "decided.yaml")
    let outcome = try Self.generate(session, "--accept", "@decided.yaml")
    #expect(outcome.code == .done)
    #expect(
      outcome.talk.contains(
        """
        warning: 1 decision in `decided.yaml` has expired, and counts as open
          Pod payments/debug-shell → StatefulSet payments/postgres 5432/TCP: until 2026-01-31
        """), "\(outcome.talk)")
    #expect(session.text(of: "policies/networkpolicy-debug-shell.yaml") == nil)
    #expect(session.text(of: Self.file)?.contains("expires: \"2026-01-31\"") == true)
  }

  @Test("a decision that matches nothing, or about what is needed anyhow, is told and kept")
  func idle() throws {
    let (session, _) = try Self.first()
    try session.write(
      Self.filled(
        Self.entry("accept", client: "Pod payments/gone"),
        Self.entry("reject", client: "Deployment payments/api")), to: "decided.yaml")
    let outcome = try Self.generate(session, "--accept", "@decided.yaml")
    #expect(outcome.code == .done)
    #expect(
      outcome.talk.contains(
        "warning: 1 decision in `decided.yaml` matches no edge that was seen\n  Pod payments/gone → StatefulSet payments/postgres 5432/TCP, at decided.yaml:4\n"
      ),
      "\(outcome.talk)")
    #expect(outcome.talk.contains("warning: 1 decision in `decided.yaml` changes nothing: "))
    let kept = try #require(session.text(of: Self.file))
    #expect(kept.contains("Pod payments/gone") && kept.contains("client: Deployment payments/api\n"))
  }

  @Test("the file of the folder is read without being named, and keeps what people wrote in it")
  func kept() throws {
    let (session, text) = try Self.first()
    let decided = text.replacing(
      "  tier: refused\n  decision: \"\"\n  owner: \"\"",
      with: "  tier: refused\n  decision: reject\n  owner: bob", maxReplacements: 1
    ).replacing(
      "- client: Pod payments/debug-shell", with: "# asked bob\n- client: Pod payments/debug-shell",
      maxReplacements: 1)
    #expect(decided != text)
    try session.write(decided, to: Self.file)
    let outcome = try Self.generate(session)
    #expect(outcome.code == .done)
    #expect(
      outcome.talk.contains("decided  1 rejected in policies/netpol-learn.review\n"), "\(outcome.talk)")
    #expect(session.text(of: Self.file) == decided)
    // Who names it means it once.
    let named = try Self.generate(session, "--accept", "@" + Self.file)
    #expect(named.code == .done && named.talk == outcome.talk)
    let trial = try Self.generate(session, "--dry-run")
    #expect(trial.talk.contains("decided  1 rejected in policies/netpol-learn.review\n"))
    #expect(session.text(of: Self.file) == decided)
  }

  @Test("a file of the folder that makes no sense ends the run with its line, and nothing is written")
  func damagedInFolder() throws {
    let (session, text) = try Self.first()
    let odd = text.replacing("decision: \"\"", with: "decision: mabye", maxReplacements: 1)
    try session.write(odd, to: Self.file)
    try session.write("kind: x\n", to: "policies/kustomization.yaml")
    let outcome = try Self.generate(session)
    #expect(outcome.code == .input)
    #expect(outcome.talk.contains("error: `policies/netpol-learn.review:"), "\(outcome.talk)")
    #expect(session.text(of: Self.file) == odd)
    #expect(session.text(of: "policies/kustomization.yaml") == "kind: x\n")
  }

  @Test("its name is that of no manifest; under the former one it is read, keeps its place, and is told")
  func formerName() throws {
    #expect(!InputFiles.manifestSuffixes.contains { ReviewFile.name.hasSuffix($0) })
    let (session, text) = try Self.first()
    session.remove(Self.file)
    let former = "policies/netpol-learn-review.yaml"
    let decided = text.replacing(
      "decision: \"\"\n  owner: \"\"", with: "decision: reject\n  owner: bob", maxReplacements: 1)
    try session.write(decided, to: former)
    for option in ["--out", "--into"] {
      let outcome = try session.run("generate", "--ns", "payments", option, "@policies")
      #expect(outcome.code == .done, "\(outcome.talk)")
      #expect(outcome.talk.contains("decided  1 rejected in \(former)\n"), "\(outcome.talk)")
      #expect(
        outcome.talk.contains(
          "hint: `kubectl apply -f` takes `\(former)` for a manifest; renamed to `netpol-learn.review` it is passed over\n"
        ), "\(outcome.talk)")
      #expect(session.text(of: former) == decided)
      #expect(session.text(of: Self.file) == nil)
    }
  }

  @Test("a link in the place of the file is not followed, and nothing is written")
  func link() throws {
    let (session, text) = try Self.first()
    let decided = text.replacing(
      "decision: \"\"\n  owner: \"\"", with: "decision: accept\n  owner: eve", maxReplacements: 1)
    try session.write(decided, to: "elsewhere.yaml")
    try session.write("x", to: "other/x")
    session.link("other/netpol-learn.review", to: "../elsewhere.yaml")
    let outcome = try session.run("generate", "--ns", "payments", "--out", "@other")
    #expect(outcome.code == .refused && !outcome.talk.contains("decided"), "\(outcome.talk)")
    #expect(session.text(of: "other/kustomization.yaml") == nil)
    #expect(session.text(of: "elsewhere.yaml") == decided)
  }

  @Test("several files count together, and what one leaves open another fills in")
  func several() throws {
    let (session, _) = try Self.first()
    try session.write(
      Self.filled(Self.entry("accept", rest: ", owner: alice")), to: "one.yaml")
    try session.write(
      Self.filled(
        "# see the ticket\n",
        Self.entry("\"\"", rest: ", reason: on call"),
        Self.entry("reject", server: "StatefulSet payments/redis", port: "6379")), to: "two.yaml")
    let outcome = try Self.generate(session, "--accept", "@one.yaml", "--accept", "@two.yaml")
    #expect(outcome.code == .done, "\(outcome.talk)")
    let kept = try #require(session.text(of: Self.file))
    #expect(
      kept.contains("  decision: accept\n  owner: alice\n  reason: on call\n"), "\(kept)")
    #expect(kept.contains("# see the ticket\n- client: Pod payments/debug-shell\n"), "\(kept)")
    let policy = try #require(session.text(of: "policies/networkpolicy-postgres.yaml"))
    #expect(policy.contains("accepted by alice"))
  }

  @Test(
    "files that contradict each other are refused with both places",
    arguments: [
      (
        ", owner: alice", "reject", ", owner: alice",
        "`decision` is `accept` at one.yaml:4, and `reject` at two.yaml:4"
      ),
      (
        ", owner: alice", "accept", ", owner: bob",
        "`owner` is `alice` at one.yaml:4, and `bob` at two.yaml:4"
      ),
      (
        ", owner: alice, expires: 2999-01-31", "accept", ", owner: alice, expires: 2999-12-31",
        "`expires` is `2999-01-31` at one.yaml:4, and `2999-12-31` at two.yaml:4"
      ),
    ])
  func contradiction(one: String, decision: String, two: String, words: String) throws {
    let (session, text) = try Self.first()
    try session.write(Self.filled(Self.entry("accept", rest: one)), to: "one.yaml")
    try session.write(Self.filled(Self.entry(decision, rest: two)), to: "two.yaml")
    let outcome = try Self.generate(session, "--accept", "@one.yaml", "--accept", "@two.yaml")
    #expect(outcome.code == .input)
    #expect(
      outcome.talk.contains(
        "error: review files say different things of 1 edge\n  Pod payments/debug-shell → StatefulSet payments/postgres 5432/TCP: \(words)\n"
      ), "\(outcome.talk)")
    #expect(session.text(of: Self.file) == text)
  }

  @Test(
    "a damaged file is told with its line, and nothing is written",
    arguments: [
      (
        "kind: Review\nedges:\n- {client: a, server: b, port: 1, protocol: TCP, ownr: x}\n",
        ":3` is no review file: there is no field `ownr`"
      ),
      (
        "kind: Review\nedges:\n- {client: a, server: b, port: 1, protocol: TCP, decision: maybe}\n",
        ":3` is no review file: `decision` is not `accept`, `reject` or empty"
      ),
      (
        "kind: Review\nedges:\n- {client: a, server: b, port: 1, protocol: TCP, expires: tomorrow}\n",
        ":3` is no review file: `expires` is not a day such as `2027-01-31`"
      ),
      (
        "kind: Review\nedges:\n- {client: a, server: b, port: 1, protocol: TCP, decision: accept}\n",
        ":3` is no review file: `decision` is `accept`, and `owner` doesn't say who decided it\nhint: write who"
      ),
      (
        "kind: Review\nedges:\n- client: a\n  server: b\n  port: 1\n  protocol: TCP\n  decision: reject\n  owner: \" \"\n",
        ":8` is no review file: `decision` is `reject`, and `owner` doesn't say who decided it"
      ),
      (
        "kind: Review\nedges:\n- {client: a, server: b, port: 70000, protocol: TCP}\n",
        ":3` is no review file: `port` is not a port"
      ),
      (
        "kind: Review\nedges:\n- {client: a, server: b, port: 9-3, protocol: TCP}\n",
        ":3` is no review file: `port` is not a port"
      ),
      (
        "kind: Review\nedges:\n- {client: a, server: b, port: 1}\n",
        ":3` is no review file: `protocol` is missing"
      ),
      (
        "kind: Review\nedges:\n- {client: a, server: b, port: 1, protocol: tcp}\n",
        ":3` is no review file: `protocol` is not TCP, UDP or SCTP"
      ),
      (
        "kind: Review\nedges:\n- {client: a, server: b, port: 1-3, protocol: TCP}\n- {client: a, server: b, port: 2, protocol: TCP}\n",
        ":4` is no review file: `a → b 2/TCP` is given twice, first on line 3"
      ),
      ("kind: Review\nedges: {}\n", ":2` is no review file: `edges` is not a list"),
      ("kind: Reviews\nedges: []\n", ":1` is no review file: `kind` is `Reviews`, not `Review`"),
      (
        "apiVersion: netpol-learn/v9\nkind: Review\n",
        ":1` is no review file: `apiVersion` is `netpol-learn/v9`, not `netpol-learn/v1`"
      ),
      ("edges: [\n", "` is no review file: "), ("", "` is no review file: it is empty"),
      (
        "kind: Review\nedegs: []\n",
        ":2` is no review file: there is no field `edegs`\nhint: did you mean `edges`?"
      ),
    ])
  func damaged(text: String, words: String) throws {
    let session = try Session.ofTheStory()
    try session.write(text, to: "decided.yaml")
    let outcome = try Self.generate(session, "--accept", "@decided.yaml")
    #expect(outcome.code == .input)
    #expect(outcome.talk.contains("error: `decided.yaml"), "\(outcome.talk)")
    #expect(outcome.talk.contains(words), "\(outcome.talk)")
    #expect(outcome.talk.contains("\nhint: "), "how to go on: \(outcome.talk)")
    #expect(session.text(of: "policies/kustomization.yaml") == nil)
  }

  @Test("ports that are alike share an entry, and one decision of them parts from the others")
  func ports() throws {
    let (session, text) = try Self.first()
    #expect(text.contains("  port: 22, 80, 443\n"), "\(text)")
    try session.write(
      Self.filled(Self.entry("reject", server: "Deployment payments/api", port: "80")), to: "decided.yaml")
    _ = try Self.generate(session, "--accept", "@decided.yaml")
    let kept = try #require(session.text(of: Self.file))
    #expect(kept.contains("  port: 22, 443\n") && kept.contains("  port: 80\n"), "\(kept)")
  }

  @Test(
    "ports that somebody decides about together are one decision, and what was not seen of them is not missed"
  )
  func range() throws {
    let (session, _) = try Self.first()
    try session.write(
      Self.filled(Self.entry("accept", server: "Deployment payments/api", port: #""1-100, 443""#)),
      to: "decided.yaml")
    let first = try Self.generate(session, "--accept", "@decided.yaml")
    #expect(first.code == .done && !first.talk.contains("match"), "\(first.talk)")
    // Written anew, the ports that were seen and the others stand apart, and say the same.
    let second = try Self.generate(session)
    #expect(second.talk.contains("decided  2 accepted in \(Self.file)\n"), "\(second.talk)")
    #expect(!second.talk.contains("match"), "\(second.talk)")
    try session.write(
      Self.filled(
        Self.entry("accept", server: "Deployment payments/api", port: "9000-9100"),
        Self.entry(
          "accept", server: "Deployment payments/gone", port: "1-9", rest: ", owner: bob, expires: 2026-01-31"
        )),
      to: "decided.yaml")
    session.remove(Self.file)
    let third = try Self.generate(session, "--accept", "@decided.yaml")
    #expect(
      third.talk.contains(
        "warning: 1 decision in `decided.yaml` matches no edge that was seen\n  Pod payments/debug-shell → Deployment payments/api 9000-9100/TCP, at decided.yaml:4\nhint: mend `client`"
      ), "\(third.talk)")
    #expect(
      third.talk.contains(
        "warning: 1 decision in `decided.yaml` has expired, and counts as open\n  Pod payments/debug-shell → Deployment payments/gone 1-9/TCP: until 2026-01-31\n"
      ), "\(third.talk)")
  }

  @Test("a file that can't be read is told by its own name", arguments: ["--out", "--into"])
  func unreadable(option: String) throws {
    let (session, _) = try Self.first()
    try session.write("x", to: "elsewhere/x")
    for name in ["policies", "elsewhere/policies"] {
      // Longer than anything that is read.
      try session.write([UInt8](repeating: 0x20, count: (64 << 20) + 1), to: "\(name)/netpol-learn.review")
      let outcome = try session.run("generate", "--ns", "payments", option, "@\(name)")
      #expect(outcome.code == .input)
      #expect(
        outcome.talk.contains("error: `\(name)/netpol-learn.review` is larger than 64 MiB"), "\(outcome.talk)"
      )
    }
  }
}
