import Console
import Documents
import TestSupport
import Testing

@testable import netpol_learn

@Suite("lint tells what it finds, and ends as the gravest says")
struct LintCommandTests {
  private static let closed = """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: closed
      namespace: shop
    spec:
      podSelector: {}
      policyTypes: [Ingress, Egress]

    """
  private static let warned =
    closed.replacing("name: closed", with: "name: warned") + "  ingress:\n  - {}\n  - {}\n"
  private static let wrong = closed.replacing("podSelector", with: "podSelecter")

  @Test(
    "0 where nothing is grave enough, 1 where something is, by --fail-on",
    arguments: [
      (closed, [], ExitCode.done), (closed, ["--fail-on", "info"], .done),
      (warned, ["--rule", "contained-rule"], .done),
      (warned, ["--rule", "contained-rule", "--fail-on", "warning"], .difference),
      (warned, ["--rule", "contained-rule", "--fail-on", "info"], .difference),
      (wrong, [], .difference), (wrong, ["--rule", "contained-rule"], .done),
      (wrong, ["--fail-on", "error"], .difference),
    ] as [(String, [String], ExitCode)])
  func codes(text: String, options: [String], code: ExitCode) throws {
    let session = try Session()
    try session.write(text, to: "a.yaml")
    let outcome = try session.run(["lint", "@a.yaml"] + options)
    #expect(outcome.code == code, "\(outcome.output)\(outcome.talk)")
  }

  @Test("2 for what makes no sense, before anything is read")
  func usage() throws {
    let session = try Session()
    for (words, said) in [
      (["lint"], "which manifests?"), (["lint", "@nowhere"], "nowhere"),
      (["lint", "--rule", "nonsense", "@a"], "there is no rule `nonsense`"),
      (["lint", "--explain", "nonsense"], "there is no rule `nonsense`"),
      (["lint", "--fail-on", "fatal", "@a"], "fatal"),
      (["lint", "--cluster", "-", "-"], "standard input can be read once"),
    ] {
      let outcome = try session.run(words)
      #expect(outcome.code == .usage, "\(words)")
      #expect(outcome.talk.contains(said) && outcome.output == "", "\(words): \(outcome.talk)")
    }
  }

  @Test("3 for a file that is no YAML, and the files beside it are looked at all the same")
  func broken() throws {
    let session = try Session()
    try session.write("a: [", to: "in/a.yaml")
    try session.write(Self.wrong, to: "in/b.yaml")
    let outcome = try session.run("lint", "@in", "--rule", "unreadable-file", "--rule", "invalid-policy")
    #expect(outcome.code == .input)
    #expect(
      outcome.output.hasPrefix("in/a.yaml:2: error[unreadable-file]: cannot be read: "), "\(outcome.output)")
    #expect(
      outcome.output.contains(
        "in/b.yaml:7: error[invalid-policy]: `shop/closed`: spec.podSelecter: unknown field"),
      "\(outcome.output)")
    // Where nobody looks for such files, it is told beside the findings.
    let other = try session.run("lint", "@in", "--rule", "invalid-policy")
    #expect(other.code == .input && !other.output.contains("a.yaml"))
    #expect(other.talk.contains("warning: `in/a.yaml:2` is not a manifest: "), "\(other.talk)")
  }

  @Test("JSON, lists and several documents in a file are all read, and a file named twice is read once")
  func forms() throws {
    let session = try Session()
    try session.write(Self.closed + "---\n" + Self.warned, to: "in/a.yaml")
    try session.write(
      #"""
      {"apiVersion": "v1", "kind": "List", "items": [
        {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
         "metadata": {"name": "json", "namespace": "shop"}, "spec": {"policyTypes": ["Egress"], "ingress": [{}]}}]}
      """#, to: "in/b.json")
    let outcome = try session.run(
      "lint", "@in", "@in/b.json", "--rule", "contained-rule", "--rule", "section-without-effect", "--rule",
      "duplicate-policy", "--rule", "contained-rule")
    #expect(
      outcome.output == """
        in/a.yaml:20: warning[contained-rule]: `shop/warned`, ingress rule 1, opens just what ingress rule 0 opens
          hint: remove it, or narrow what is wider than it should be
        in/b.json:3: warning[section-without-effect]: `shop/json` has 1 ingress rule without effect: its `policyTypes` do not name `Ingress`
          hint: add `Ingress`, which cuts all that these rules do not name, or remove them

        """)
    #expect(outcome.talk == "lint     0 errors, 2 warnings, 0 info by 3 rules in 3 policies\n")
  }

  @Test("a pipe is read as a file is")
  func pipe() throws {
    let pipe = try Pipe(Array(Self.wrong.utf8))
    let outcome = try Session().run("lint", pipe.path, "--rule", "invalid-policy")
    #expect(outcome.code == .difference && outcome.output.contains(":7: error[invalid-policy]"))
  }

  @Test("suppressed findings do not count, and are shown where they are asked for")
  func suppressed() throws {
    let session = try Session()
    let annotation =
      "  annotations:\n    lint.netpol-learn/contained-rule: 'until 2999-01-31: both teams own one'\n"
    try session.write(Self.warned.replacing("metadata:\n", with: "metadata:\n" + annotation), to: "a.yaml")
    let words = ["lint", "@a.yaml", "--fail-on", "info", "--rule", "contained-rule"]
    let outcome = try session.run(words)
    #expect(outcome.code == .done && outcome.output == "")
    #expect(outcome.talk == "lint     0 errors, 0 warnings, 0 info, 1 suppressed by 1 rule in 1 policy\n")
    let shown = try session.run(words + ["--show-suppressed"])
    #expect(shown.code == .done)
    #expect(shown.output.contains("\n  suppressed until 2999-01-31: both teams own one\n"), "\(shown.output)")
    let json = try JSON.read(Array(try session.run(words + ["-o", "json"]).output.utf8))
    #expect(json.sequence?.first?[["suppressed", "until"]]?.string == "2999-01-31")
  }

  @Test("rules that could not look are told, with what they lack")
  func blind() throws {
    let session = try Session()
    try session.write(Self.closed, to: "a.yaml")
    let talk = try session.run("lint", "@a.yaml", "--rule", "selects-nothing").talk
    #expect(
      talk.contains("blind    1 rule did not look, because no pods or workloads are known\nhint: "), "\(talk)"
    )
    let listing = try session.run("lint", "@a.yaml", "--rule", "unknown-namespace-label").talk
    #expect(listing.contains("blind    1 rule did not look, because not all namespaces are known\nhint: "))
    let quiet = try session.run("lint", "-q", "@a.yaml", "--rule", "selects-nothing")
    #expect(quiet.talk == "" && quiet.output == "")
  }

  @Test("quiet says nothing but the findings")
  func quiet() throws {
    let session = try Session()
    try session.write(Self.wrong, to: "a.yaml")
    let outcome = try session.run("lint", "-q", "@a.yaml", "--rule", "invalid-policy")
    #expect(outcome.talk == "" && outcome.output.hasPrefix("a.yaml:7: error"))
  }

  @Test("names that would command a terminal are spelled out, as text, JSON and SARIF")
  func hostile() throws {
    let session = try Session()
    try session.write(
      #"{"kind": "NetworkPolicy", "metadata": {"name": "a\u001b[2J\nfake.yaml:1: error"}, "spec": {"podSelecter": {}}}"#,
      to: "in/\u{1B}[31m\u{202E}x.json")
    for form in ["text", "json", "sarif"] {
      let outcome = try session.run("lint", "@in", "-o", form)
      #expect(outcome.code == .difference)
      for hidden in ["\u{1B}", "\u{202E}"] { #expect(!outcome.output.contains(hidden), "\(form)") }
      #expect(!outcome.output.contains("\nfake.yaml"))
    }
  }

  @Test("severities have their colours where colours are shown")
  func colors() throws {
    let session = try Session()
    try session.write(Self.wrong, to: "a.yaml")
    let words = ["lint", "@a.yaml", "--rule", "invalid-policy"]
    #expect(
      try session.run(words + ["--color", "always"]).output.contains(
        ": \u{1B}[31merror\u{1B}[0m[invalid-policy]: "))
    #expect(try !session.run(words).output.contains("\u{1B}"))
  }

  @Test("--rules lists every rule, and --explain prints the page that the documents have")
  func rules() throws {
    let session = try Session()
    let listed = try session.run("lint", "--rules")
    #expect(listed.code == .done && listed.output.hasPrefix("RULE "))
    let page = try session.run("lint", "--explain", "contained-rule")
    #expect(page.code == .done)
    #expect(try page.output == Repository.text("docs/lint/contained-rule.md"))
    for line in try Repository.text("docs/lint/README.md").split(separator: "\n") where line.hasPrefix("| [`")
    {
      let name = line.dropFirst(4).prefix { $0 != "`" }
      #expect(listed.output.contains("\n\(name) "), "\(name)")
    }
  }

  @Test("a manifest without a namespace goes to the one that is named")
  func namespace() throws {
    let session = try Session()
    try session.write(Self.closed.replacing("  namespace: shop\n", with: ""), to: "a.yaml")
    let words = ["lint", "@a.yaml", "--rule", "namespace-missing", "--fail-on", "info"]
    #expect(try session.run(words).code == .difference)
    #expect(try session.run(words + ["--ns", "shop"]).code == .done)
  }
}
