import Console
import FlowStore
import TestSupport
import Testing
import Traffic

@testable import netpol_learn

@Suite("What was read only in part ends with 3, and makes no policies")
struct PartialInputTests {
  @Test(
    "an object of the store that is damaged",
    arguments: [
      (["flows"], ExitCode.input), (["generate", "--ns", "payments", "--out", "@policies"], .refused),
      (["diff", "--ns", "payments", "--against", Story.manifests], .refused),
      (["learn", "-r", Story.capture], .input),
    ])
  func damagedObject(words: [String], code: ExitCode) throws {
    let session = try Session.ofTheStory()
    var store = try Store(at: session.path("netpol-learn.db"), for: .writing)
    try store.keep([
      StoredObject(
        kind: "Deployment", namespace: "payments", name: "lost", uid: "1", from: .distantPast, until: nil,
        body: "{}")
    ])
    let outcome = try session.run(words)
    #expect(outcome.code == code)
    #expect(outcome.talk.contains("warning: `Deployment payments/lost` in `netpol-learn.db` is damaged"))
    #expect(session.text(of: "policies/kustomization.yaml") == nil)
  }

  @Test(
    "objects of --cluster that make no sense",
    arguments: [
      (["flows"], ExitCode.input), (["generate", "--ns", "payments"], .refused),
      (["diff", "--ns", "payments", "--against", Story.manifests], .refused), (["cluster"], .input),
    ])
  func brokenObjects(words: [String], code: ExitCode) throws {
    let session = try Session.ofTheStory()
    try session.write(
      #"{"kind":"List","items":[{"kind":"Pod"},{"kind":"Namespace","metadata":{"name":"a"}}]}"#,
      to: "broken.json")
    let outcome = try session.run(words + ["--cluster", "@broken.json"])
    #expect(outcome.code == code)
    #expect(outcome.talk.contains("warning: `broken.json:1`: a `Pod` without `metadata.name`"))
  }

  @Test("what a failed kubectl prints is told in the server's words, and makes no store")
  func failedKubectl() throws {
    let session = try Session()
    try session.write(
      #"{"kind":"Status","apiVersion":"v1","status":"Failure","message":"pods is forbidden","code":403}"#,
      to: "failure.json")
    let outcome = try session.run("cluster", "--cluster", "@failure.json")
    #expect(outcome.code == .input)
    #expect(outcome.talk.contains("`failure.json` holds a failure of the API server: pods is forbidden"))
    #expect(session.text(of: "netpol-learn.db") == nil)
  }

  @Test("a cluster without a single object ends with 3", arguments: [#"{"kind":"List","items":[]}"#, ""])
  func nothing(text: String) throws {
    let session = try Session()
    try session.write(text, to: "folder/empty.json")
    let outcome = try session.run("cluster", "--cluster", "@folder/empty.json")
    #expect(outcome.code == .input)
    #expect(try session.run("cluster", "--cluster", "@folder").code == .input)
  }

  @Test("flows that show nothing say why")
  func nothingShown() throws {
    let empty = try Session()
    try empty.write([], to: "netpol-learn.db")
    #expect(try empty.run("flows").talk == "nothing is recorded in netpol-learn.db\n")
    let story = try Session.ofTheStory()
    let outcome = try story.run("flows", "--port", "1", "-o", "jsonl")
    #expect(outcome.code == .done)
    #expect(outcome.talk.hasPrefix("none of ") && outcome.talk.hasSuffix(" is what was asked for\n"))
    #expect(
      try story.run("flows", "--until", "2020-01-01T00:00:00Z").talk
        == "nothing is recorded in netpol-learn.db for that time\n")
  }
}
