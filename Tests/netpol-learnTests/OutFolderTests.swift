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

  /// A policy of ours in a namespace that nobody has any more.
  private static func ghost(_ session: Session) throws -> String {
    let text = try Repository.text("\(Story.expected)/policies/networkpolicy-redis.yaml")
      .replacing("namespace: payments", with: "namespace: ghost")
    try session.write(text, to: "policies/ghost/networkpolicy-redis.yaml")
    return text
  }

  @Test("what a run for all namespaces covers no longer is told and left", arguments: ["--out", "--into"])
  func uncovered(option: String) throws {
    let session = try Session.ofTheStory()
    let text = try Self.ghost(session)
    let outcome = try session.run("generate", "-A", option, "@policies")
    #expect(outcome.code == .done)
    #expect(
      outcome.talk.contains(
        "warning: 1 policy in `policies` is of 1 namespace that `-A` doesn't cover, and stays in force as it is\n  ghost: 1 policy in `policies/ghost`\nhint: "
      ), "\(outcome.talk)")
    #expect(session.text(of: "policies/ghost/networkpolicy-redis.yaml") == text)
    // Who asks for one namespace asks for no other.
    let alone = try session.run("generate", "-n", "payments", option, "@policies")
    #expect(alone.code == .done && !alone.talk.contains("ghost"), "\(alone.talk)")
  }

  @Test(
    "what it covers no longer must not close a side that it leaves open", arguments: ["--out", "--into"])
  func uncoveredSide(option: String) throws {
    let session = try Session.ofTheStory()
    _ = try Self.ghost(session)
    let outcome = try session.run("generate", "-A", option, "@policies", "--direction", "egress")
    #expect(outcome.code == .refused)
    #expect(
      outcome.talk.contains(
        "\n  `ghost/redis` in `ghost/networkpolicy-redis.yaml` closes ingress, which `--direction` leaves open: "
      ), "\(outcome.talk)")
    #expect(session.text(of: "policies/payments/kustomization.yaml") == nil)
  }

  /// What a dry run must find out as the real one does.
  enum Hindrance: String, CaseIterable {
    case none, foreign, earlier, flat, folder, link, linkedFolder, file, review, fileAbove
  }

  @Test("a dry run ends as the real one does, and writes nothing", arguments: Hindrance.allCases)
  func dryRun(hindrance: Hindrance) throws {
    for option in hindrance == .fileAbove || hindrance == .file ? ["--out"] : ["--out", "--into"] {
      let session = try Session.ofTheStory()
      try session.write("x", to: "policies/x.txt")
      var words = ["generate", "-A", option, "@policies"]
      switch hindrance {
      case .none: break
      case .foreign:
        let name = option == "--out" ? "kustomization" : "networkpolicy-api"
        try session.write("kind: Other\nhand: written\n", to: "policies/payments/\(name).yaml")
      case .earlier:
        _ = try Self.ghost(session)
        words += ["--direction", "egress"]
      case .flat:
        let text = try Repository.text("\(Story.expected)/policies/networkpolicy-redis.yaml")
        try session.write(
          text, to: option == "--out" ? "policies/networkpolicy-redis.yaml" : "policies/a.yaml")
        if option == "--into" { try session.write(text, to: "policies/b.yaml") }
      case .folder: try session.write("x", to: "policies/payments/networkpolicy-api.yaml/x")
      case .link:
        try session.write("x", to: "policies/payments/x")
        session.link("policies/payments/networkpolicy-api.yaml", to: "x")
      case .linkedFolder:
        try session.write("x", to: "stolen/x")
        session.link("policies/payments", to: "../stolen")
      case .file: words[3] = "@policies/x.txt"
      case .review: try session.write("x", to: "policies/netpol-learn.review/x")
      case .fileAbove: words[3] = "@policies/x.txt/deeper"
      }
      let trial = try session.run(words + ["--dry-run"])
      #expect(session.text(of: "policies/payments/networkpolicy-default-deny.yaml") == nil)
      #expect(session.text(of: "policies/payments/networkpolicy-redis.yaml") == nil)
      let real = try session.run(words)
      #expect(trial.code == real.code, "\(trial.talk)\(real.talk)")
      #expect((real.code == .done) == (hindrance == .none), "\(real.talk)")
      func errors(_ talk: String) -> String { talk.contains("error: ") ? talk : "" }
      #expect(errors(trial.talk) == errors(real.talk))
    }
  }

  @Test("a dry run makes no folder")
  func dryFolder() throws {
    let session = try Session.ofTheStory()
    #expect(try session.run("generate", "-A", "--out", "@new/folder", "--dry-run").code == .done)
    try session.write("x", to: "new/x")
    #expect(FileNames.of(session.path("new")) == ["x"])
  }
}
