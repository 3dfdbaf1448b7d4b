import Console
import TestSupport
import Testing

@testable import netpol_learn

@Suite("A folder of policies keeps what others wrote")
struct OutFolderTests {
  @Test("our own files are replaced without a word")
  func again() throws {
    let session = try Session.ofTheStory()
    let first = try session.run("generate", "--ns", "payments", "--out", "@policies")
    let second = try session.run("generate", "--ns", "payments", "--out", "@policies")
    #expect(first.code == .done && second.code == .done)
    #expect(first.talk == second.talk)
  }

  @Test(
    "a file of somebody else is not replaced, and nothing is written",
    arguments: [
      ("networkpolicy-api.yaml", "hand: written"),
      ("networkpolicy-api.yaml", "kind: NetworkPolicy\nmetadata: {name: api}\n"),
      ("networkpolicy-redis.yaml", "- [no yaml"), ("networkpolicy-redis.yaml", ""),
      ("kustomization.yaml", "kind: Kustomization\nresources: [mine.yaml]\n"),
      ("kustomization.yaml", "kind: Kustomization\nresources: [networkpolicy-api.yaml]\nnamePrefix: a-\n"),
    ])
  func foreign(name: String, text: String) throws {
    let session = try Session.ofTheStory()
    try session.write(text, to: "policies/\(name)")
    let outcome = try session.run("generate", "--ns", "payments", "--out", "@policies")
    #expect(outcome.code == .refused)
    #expect(outcome.talk.contains("error: 1 file in `policies` would be replaced"), "\(outcome.talk)")
    #expect(outcome.talk.contains("\n  \(name)\n"))
    #expect(session.text(of: "policies/\(name)") == text)
    #expect(session.text(of: "policies/networkpolicy-default-deny.yaml") == nil)
  }

  @Test("a policy of an earlier run is told and left, and what others wrote beside it is not told")
  func leftovers() throws {
    let session = try Session.ofTheStory()
    let old = try Repository.text("\(Story.expected)/policies/networkpolicy-redis.yaml")
    try session.write(old, to: "policies/networkpolicy-gone.yaml")
    try session.write("kind: Service\n", to: "policies/service.yaml")
    let outcome = try session.run("generate", "--ns", "payments", "--out", "@policies")
    #expect(outcome.code == .done)
    #expect(
      outcome.talk.contains(
        "warning: 1 file of an earlier run in `policies` is no longer generated\n  networkpolicy-gone.yaml\n")
    )
    #expect(!outcome.talk.contains("service.yaml"))
    #expect(session.text(of: "policies/networkpolicy-gone.yaml") == old)
  }

  @Test("what people decided for one namespace's folder is not told to be removed by a run for all of them")
  func otherReview() throws {
    let session = try Session.ofTheStory()
    #expect(try session.run("generate", "--ns", "payments", "--out", "@policies/payments").code == .done)
    let decided = try #require(session.text(of: "policies/payments/netpol-learn.review"))
    let outcome = try session.run("generate", "-A", "--out", "@policies")
    #expect(outcome.code == .done)
    #expect(
      outcome.talk.contains(
        "warning: `policies/payments/netpol-learn.review` holds what people decided in a run for that folder alone"
      ),
      "\(outcome.talk)")
    #expect(outcome.talk.contains("hint: add `--accept policies/payments/netpol-learn.review`"))
    #expect(!outcome.talk.contains("no longer generated"), "\(outcome.talk)")
    #expect(session.text(of: "policies/payments/netpol-learn.review") == decided)
  }

  @Test("of several namespaces all are written or none, and never through a planted link")
  func several() throws {
    let session = try Session.ofTheStory()
    try session.write("x", to: "stolen/x")
    try session.write("x", to: "policies/x")
    session.link("policies/payments", to: "../stolen")
    let outcome = try session.run("generate", "-A", "--out", "@policies")
    #expect(outcome.code == .refused)
    #expect(outcome.talk.contains("error: `policies/payments` is a link"))
    #expect(session.text(of: "stolen/kustomization.yaml") == nil)
    #expect(session.text(of: "policies/monitoring/kustomization.yaml") == nil)
    #expect(try session.run("generate", "-A", "--out", "@others").code == .done)
    #expect(session.text(of: "others/monitoring/kustomization.yaml") != nil)
  }

  @Test(
    "an --out that makes no sense is wrong usage, told before the store is opened",
    arguments: [["--out", ""], ["--out", "-"], ["-o", "json", "--out", "x"]])
  func usage(words: [String]) throws {
    let outcome = try Session().run(["generate", "--ns", "payments"] + words)
    #expect(outcome.code == .usage)
    #expect(outcome.talk.hasPrefix("error: `--out`"), "\(outcome.talk)")
  }
}
