import Console
import TestSupport
import Testing

@testable import netpol_learn

@Suite("A namespace's policies lie in one place of a folder")
struct FolderLayoutTests {
  private static func generate(_ session: Session, _ words: String...) throws -> Session.Outcome {
    try session.run(["generate"] + words)
  }

  private static func lies(_ session: Session, _ folder: String) -> Bool {
    session.text(of: "\(folder)/networkpolicy-default-deny.yaml") != nil
  }

  @Test("one namespace goes into its folder where each has one, and what it no longer needs is told there")
  func byNamespace() throws {
    let session = try Session.ofTheStory()
    #expect(try Self.generate(session, "-A", "--out", "@policies").code == .done)
    let old = try #require(session.text(of: "policies/payments/networkpolicy-redis.yaml"))
    let text = old.replacing("name: redis\n", with: "name: gone\n")
    try session.write(text, to: "policies/payments/networkpolicy-gone.yaml")
    session.remove("policies/payments/networkpolicy-api.yaml")
    let outcome = try Self.generate(session, "-n", "payments", "--out", "@policies")
    #expect(outcome.code == .done, "\(outcome.talk)")
    #expect(
      outcome.talk.contains("wrote    7 policies for 5 workloads to policies/payments/\n"), "\(outcome.talk)")
    #expect(!Self.lies(session, "policies"))
    #expect(session.text(of: "policies/payments/networkpolicy-api.yaml") != nil)
    #expect(
      outcome.talk.contains(
        "warning: 1 file of an earlier run in `policies` is no longer generated\n  payments/networkpolicy-gone.yaml\n"
      ), "\(outcome.talk)")
    // A namespace that is new there gets a folder too.
    for name in ["kustomization", "networkpolicy-default-deny"] {
      session.remove("policies/payments/\(name).yaml")
    }
    let all = Set(["allow-dns", "api", "gone", "nightly", "postgres", "redis", "settle-2992"])
    for name in all { session.remove("policies/payments/networkpolicy-\(name).yaml") }
    #expect(try Self.generate(session, "-n", "payments", "--out", "@policies").code == .done)
    #expect(Self.lies(session, "policies/payments") && !Self.lies(session, "policies"))
  }

  @Test(
    "a folder of one namespace stays so, and is not laid out anew beside its policies",
    arguments: [["-A"], ["-n", "payments", "-n", "web"]])
  func flat(words: [String]) throws {
    let session = try Session.ofTheStory()
    #expect(try Self.generate(session, "-n", "payments", "--out", "@policies").code == .done)
    let outcome = try session.run(["generate"] + words + ["--out", "@policies"])
    #expect(outcome.code == .refused)
    #expect(
      outcome.talk.contains(
        "error: policies of `payments` lie right in `policies`, where each namespace has a folder of its own now; nothing was written\nhint: move them into `policies/payments` with"
      ), "\(outcome.talk)")
    #expect(!Self.lies(session, "policies/payments") && !Self.lies(session, "policies/web"))
    #expect(try Self.generate(session, "-n", "payments", "--out", "@policies").code == .done)
    #expect(Self.lies(session, "policies") && !Self.lies(session, "policies/payments"))
  }

  @Test("policies of another namespace are not replaced by those of the same names")
  func others() throws {
    let session = try Session.ofTheStory()
    #expect(try Self.generate(session, "-n", "web", "--out", "@policies").code == .done)
    let before = session.text(of: "policies/networkpolicy-default-deny.yaml")
    let outcome = try Self.generate(session, "-n", "payments", "--out", "@policies")
    #expect(outcome.code == .refused)
    #expect(
      outcome.talk.contains(
        "error: policies of `web` lie right in `policies`, and those of `payments` would take their names; nothing was written\nhint: write into a folder of its own with `--out policies/payments`\n"
      ), "\(outcome.talk)")
    #expect(session.text(of: "policies/networkpolicy-default-deny.yaml") == before)
    #expect(session.text(of: "policies/networkpolicy-redis.yaml") == nil)
  }

  @Test("policies that lie in both places already are told, and nothing is written")
  func twice() throws {
    let session = try Session.ofTheStory()
    #expect(try Self.generate(session, "-n", "payments", "--out", "@policies/payments").code == .done)
    let text = try #require(session.text(of: "policies/payments/networkpolicy-redis.yaml"))
    try session.write(text, to: "policies/networkpolicy-redis.yaml")
    let outcome = try Self.generate(session, "-n", "payments", "--out", "@policies")
    #expect(outcome.code == .refused)
    #expect(
      outcome.talk.contains(
        "error: policies of `payments` lie both right in `policies` and in `policies/payments`, and add up; nothing was written\n"
      ), "\(outcome.talk)")
    #expect(session.text(of: "policies/networkpolicy-api.yaml") == nil)
  }

  @Test("folders called otherwise than a namespace are none of a layout")
  func strangers() throws {
    let session = try Session.ofTheStory()
    for folder in ["@policies/prod", "@policies"] {
      #expect(try Self.generate(session, "-n", "payments", "--out", folder).code == .done)
    }
    #expect(Self.lies(session, "policies") && Self.lies(session, "policies/prod"))
  }

  @Test("a folder for them within the one in which they lie is refused", arguments: ["--out", "--into"])
  func within(option: String) throws {
    let session = try Session.ofTheStory()
    #expect(try Self.generate(session, "-n", "payments", "--out", "@policies").code == .done)
    try session.write("kind: Service\nmetadata: {name: x}\n", to: "policies/payments/x.yaml")
    let outcome = try Self.generate(session, "-n", "payments", option, "@policies/payments/")
    #expect(outcome.code == .refused)
    #expect(
      outcome.talk.contains(
        "error: policies of `payments` lie right in `policies/`, and add up with those in `policies/payments/`; nothing was written\n"
      ), "\(outcome.talk)")
    #expect(!Self.lies(session, "policies/payments"))
    #expect(try Self.generate(session, "-n", "web", option, "@policies/payments/").code == .done)
  }

  @Test("--into gives a namespace that is new there a folder, where others have one or lie right in it")
  func into() throws {
    let session = try Session.ofTheStory()
    #expect(try Self.generate(session, "-n", "payments", "--out", "@flat").code == .done)
    #expect(try Self.generate(session, "-n", "payments", "--out", "@each/payments").code == .done)
    for folder in ["flat", "each"] {
      let outcome = try Self.generate(session, "-n", "web", "--into", "@\(folder)")
      #expect(outcome.code == .done, "\(outcome.talk)")
      #expect(Self.lies(session, "\(folder)/web") && Self.lies(session, folder) == (folder == "flat"))
      let all = try Self.generate(session, "-A", "--into", "@\(folder)")
      #expect(all.code == .done, "\(all.talk)")
      #expect(Self.lies(session, "\(folder)/payments") == (folder == "each"))
    }
  }
}
