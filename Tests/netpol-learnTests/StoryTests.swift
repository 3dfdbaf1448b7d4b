import Console
import Documents
import FlowStore
import TestSupport
import Testing
import Traffic

@testable import netpol_learn

@Suite("The payments story from the capture to the difference")
struct StoryTests {
  @Test("each command says what was agreed")
  func goldens() throws {
    let session = try Session()
    let learned = try session.run("learn", "-r", Story.capture, "--cluster", Story.cluster)
    #expect(learned.code == .done)
    #expect(learned.output.isEmpty, "talk belongs to standard error")
    expectGolden(learned.talk, "\(Story.expected)/learn.txt")
    try check(["flows"], "flows", session)
    try check(["flows", "--ns", "payments", "-o", "wide"], "flows-wide", session)
    try check(["flows", "--ns", "payments", "-o", "jsonl"], "flows-jsonl", session)
    try check(["flows", "--ns", "payments", "-o", "json", "--bin", "unattributed"], "flows-json", session)
    try check(["flows", "-o", "csv"], "flows-csv", session)
    try check(["status"], "status", session)
    try check(["status", "--ns", "payments", "-o", "json"], "status-json", session)
    try check(["generate", "--ns", "payments"], "generate", session)
    try check(["generate", "--ns", "payments", "-o", "json"], "generate-json", session)
    try check(["generate", "-A"], "generate-all", session)
    try check(["diff", "--ns", "payments", "--against", Story.manifests], "diff", session, .difference)
    try check(
      ["diff", "--ns", "payments", "--against", Story.manifests, "-o", "json"], "diff-json", session,
      .difference)
    try check(
      ["diff", "--ns", "payments", "--against", Story.manifests, "-o", "markdown"], "diff-markdown", session,
      .difference)
    let replay = ["replay", "--ns", "payments", "--policies", Story.manifests]
    try check(replay + ["--unused"], "replay", session, .difference)
    try check(replay + ["-o", "json"], "replay-json", session, .difference)
    try check(replay + ["--unused", "-o", "sarif"], "replay-sarif", session, .difference)
    try check(
      ["replay", "-A", "--policies", "\(Story.expected)/policies", "--unused"], "replay-generated", session)
    try check(["why", "payments/api", "payments/postgres", "5432"], "why-needed", session)
    try check(["why", "web/frontend", "payments/postgres", "5432"], "why-not-seen", session)
    try check(["why", "payments/debug-shell", "payments/api", "22"], "why-quarantined", session)
    try check(["why", "10.244.1.17", "payments/postgres", "5432"], "why-unattributed", session)
    let shop = ["why", "web/frontend", "payments/api", "8080", "--policies", Story.manifests]
    try check(shop, "why-blocked", session, .difference)
    try check(shop + ["-o", "json"], "why-json", session, .difference)
  }

  private func check(
    _ words: [String], _ name: String, _ session: Session, _ code: ExitCode = .done
  ) throws {
    let outcome = try session.run(words)
    #expect(outcome.code == code, "\(words)")
    let shown = words.map { $0 }.joined(separator: " ")
    expectGolden(
      "$ netpol-learn \(shown)\n\(outcome.output)\n--- talk\n\(outcome.talk)", "\(Story.expected)/\(name).txt"
    )
  }

  @Test("the files of a pull request are what was agreed, and nothing else is in the folder")
  func files() throws {
    let session = try Session.ofTheStory()
    let outcome = try session.run("generate", "--ns", "payments", "--out", "@policies")
    #expect(outcome.code == .done)
    #expect(outcome.output.isEmpty)
    let list = try #require(session.text(of: "policies/kustomization.yaml"))
    expectGolden(list, "\(Story.expected)/policies/kustomization.yaml")
    let names = try #require(try YAML.read(Array(list.utf8)).first?["resources"]?.sequence).compactMap(
      \.string)
    #expect(names.count == 7)
    for name in names {
      expectGolden(try #require(session.text(of: "policies/\(name)")), "\(Story.expected)/policies/\(name)")
    }
  }

  @Test("the same facts give the same bytes, in another store and from another order of words")
  func sameBytes() throws {
    let one = try Session.ofTheStory()
    let other = try Session()
    _ = try other.run("cluster", "--cluster", Story.cluster)
    _ = try other.run("learn", "--cluster", Story.cluster, "-r", Story.capture, "--recorder", "somebody")
    for words in [["flows", "-o", "json"], ["generate", "-n", "payments"], ["generate", "-A"]] {
      #expect(try one.run(words).output == other.run(words).output, "\(words)")
    }
  }

  @Test("a capture that is in the store already is skipped, and changes nothing")
  func twice() throws {
    let session = try Session.ofTheStory()
    let before = try session.run("flows", "-o", "json").output
    let again = try session.run("learn", "-r", Story.capture)
    #expect(again.code == .done)
    #expect(again.talk == "skipped  samples/payments/node-a.pcap, which is in netpol-learn.db already\n")
    #expect(try session.run("flows", "-o", "json").output == before)
  }

  @Test("better inventory after the capture gives the same edges as inventory before it")
  func inventoryLater() throws {
    let session = try Session()
    _ = try session.run("learn", "-r", Story.capture)
    #expect(try session.run("flows", "--bin", "learned").output.isEmpty)
    let forThisRun = try session.run("flows", "--cluster", Story.cluster, "--bin", "learned", "-o", "jsonl")
      .output
    let reference = try Session.ofTheStory().run("flows", "--bin", "learned", "-o", "jsonl").output
    #expect(!reference.isEmpty)
    #expect(forThisRun == reference)
    _ = try session.run("cluster", "--cluster", Story.cluster)
    #expect(try session.run("flows", "--bin", "learned", "-o", "jsonl").output == reference)
  }

  @Test("all namespaces leave out the cluster's own unless they are named")
  func everyNamespace() throws {
    let session = try Session.ofTheStory()
    let without = try session.run("generate", "-A").output
    let with = try session.run("generate", "-A", "--ns", "kube-system").output
    #expect(!without.contains("namespace: kube-system\n"))
    #expect(with.contains("namespace: kube-system\n") && with.contains("namespace: payments\n"))
  }

  @Test("all namespaces leave out OpenShift's DNS as they do that of other clusters")
  func openShift() throws {
    let sample = try #require(Sample.all.first { $0.name == "openshift-dns" })
    let session = try Session.of(sample)
    let without = try session.run("generate", "-A").output
    let with = try session.run("generate", "-A", "--ns", "openshift-dns").output
    #expect(!without.contains("  namespace: openshift-dns\n") && without.contains("  name: default-deny\n"))
    #expect(with.contains("  namespace: openshift-dns\n"))
  }

  @Test("more loss than allowed refuses, and a little warns")
  func loss() throws {
    let session = try Session.ofTheStory()
    let kept = try Store(at: session.path("netpol-learn.db"), for: .reading).losses()
    #expect(kept.count == 1 && kept[0].dropped == nil)
    for (dropped, code) in [(UInt64(2), ExitCode.done), (900, .refused)] {
      let other = try Session()
      _ = try other.run("learn", "-r", Story.capture, "--cluster", Story.cluster)
      var store = try Store(at: other.path("netpol-learn.db"), for: .writing)
      let row = Loss(
        recorder: "other", interface: 0, from: kept[0].from, until: kept[0].until, received: 1000,
        dropped: dropped)
      try store.record(Batch(losses: [row]))
      let outcome = try other.run("generate", "--ns", "payments", "--out", "@policies")
      #expect(outcome.code == code)
      #expect(outcome.talk.contains("of the packets were lost"))
      #expect((other.text(of: "policies/kustomization.yaml") == nil) == (code == .refused))
    }
  }

  @Test("what was generated is no difference from itself, and the manifests are another matter")
  func noDifference() throws {
    let session = try Session.ofTheStory()
    _ = try session.run("generate", "--ns", "payments", "--out", "@policies")
    let outcome = try session.run("diff", "--ns", "payments", "--against", "@policies")
    #expect(outcome.code == .done)
  }

  @Test("neither the store nor any output holds what the cluster keeps secret")
  func secrets() throws {
    let session = try Session.ofTheStory()
    let cluster = try String(decoding: Repository.read(Story.cluster), as: UTF8.self)
    let canary = "hunter2"
    #expect(cluster.contains(canary), "the sample has no secret to leave out")
    let store = try FileBytes.read(session.path("netpol-learn.db"))
    #expect(!String(decoding: store, as: UTF8.self).contains(canary))
    for words in [["flows", "-o", "json"], ["generate", "-A"], ["generate", "-A", "-o", "json"]] {
      let outcome = try session.run(words)
      #expect(!outcome.output.isEmpty && !(outcome.output + outcome.talk).contains(canary), "\(words)")
    }
  }
}
