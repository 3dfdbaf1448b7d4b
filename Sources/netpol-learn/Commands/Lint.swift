public import Console
import Documents
import Kubernetes
import Review

/// Looks for mistakes in manifests.
struct LintCommand: Command {
  var talk = Talk()
  var paths: [String] = []
  var cluster: [String] = []
  var limit = Severity.error
  var form = Form.text
  var namespace: String?
  var only: [String] = []
  var explained: String?
  var listsRules = false
  var showsSuppressed = false

  /// How findings are shown.
  enum Form: String, CaseIterable, OptionValue {
    case text, json, sarif
  }

  static let name = "lint"
  static let summary = "findings in manifests"
  static let detail = [
    """
    Reads NetworkPolicies, and the pods, workloads, Services and namespaces beside them, and tells what would cut what is \
    needed, let through what is not, or do nothing at all. Rules that need to know the cluster look at what stands \
    among the manifests and at `--cluster`.
    """,
    "Ends with 1 where a finding is at least as grave as `--fail-on`.",
  ]
  static var arguments: [Argument<LintCommand>] {
    [.many("PATH", to: \.paths, "a file, a folder of manifests, or `-`", optional: true)]
  }
  static let examples = [
    Example("a folder of manifests", "netpol-learn lint manifests/"),
    Example(
      "against what runs",
      "kubectl get ns,pods,svc,deploy,sts,ds -A -o json | netpol-learn lint --cluster - manifests/"),
    Example("what a rule is about", "netpol-learn lint --explain dns-without-tcp"),
  ]
  static var options: [Option<LintCommand>] {
    [
      .value("--fail-on", value: "SEVERITY", to: \.limit, "which findings end the run with 1"),
      .value("-o", "--output", value: "FORM", to: \.form, "how findings are shown"),
      .values("--rule", value: "RULE", to: \.only, "only this rule; may be given several times"),
      .flag("--show-suppressed", to: \.showsSuppressed, "show suppressed findings too"),
      .flag("--rules", to: \.listsRules, "list the rules and look at nothing"),
      .value("--explain", value: "RULE", to: \.explained, "print the page of a rule and look at nothing"),
      .value(
        "-n", "--ns", "--namespace", value: "NAME", to: \.namespace,
        "the namespace of manifests that name none", otherwise: "default"),
      .values(
        "--cluster", value: "SOURCE", to: \.cluster, "cluster objects to look at beside the manifests",
        detail: """
          A JSON or YAML file as `kubectl get … -o json` prints it, a folder of such files, or `-` for standard \
          input. May be given several times.
          """),
    ]
  }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    if let explained {
      terminal.write(try rule(explained).page)
      return .done
    }
    if listsRules {
      terminal.print(Table(LintRule.all, columns: Self.columns))
      return .done
    }
    guard !paths.isEmpty else {
      throw Complaint(
        "which manifests?", hint: "name a file, a folder, or `-` for standard input", exitCode: .usage)
    }
    let rules = try only.isEmpty ? LintRule.all : Set(only).sorted().map(rule)
    let files = try ClusterFiles(cluster)
    var code = files.isAsked ? InventoryTalk.exitCode(files, on: &terminal) : .done
    var written = WrittenManifests()
    for path in paths { try written.read(path) }
    let looksForFiles = rules.contains { $0.name == LintRule.unreadableFile.name }
    code = code.and(written.tell(on: &terminal, files: !looksForFiles))
    let scene = Scene(
      written.manifests, unreadable: written.unreadable, cluster: files.objects,
      home: namespace, today: Today.day)
    let lint = Lint(scene, rules: rules)
    switch form {
    case .text:
      terminal.write(lint.text(showingSuppressed: showsSuppressed, colored: terminal.isOutputColored))
    case .json: terminal.print(JSON.write(lint.node, indented: true))
    case .sarif: terminal.print(JSON.write(lint.sarif(version: Main.program.version), indented: true))
    }
    tell(lint, scene, on: &terminal)
    return (lint.fails(at: limit) ? ExitCode.difference : .done).and(code)
  }

  private func tell(_ lint: Lint, _ scene: Scene, on terminal: inout Terminal) {
    if scene.manifests.isEmpty, scene.unreadable.isEmpty {
      terminal.warn("there is no manifest in \(paths.map { "`\($0)`" }.joined(separator: ", "))")
    }
    let others = scene.otherPolicies.sorted { $0.key < $1.key }.map { "\($0.value.grouped) \($0.key)" }
    if !others.isEmpty {
      terminal.warn(
        "not looked at, though they decide about traffic too: \(others.joined(separator: ", "))")
    }
    terminal.say("lint", lint.summary(of: scene))
    guard let lack = scene.lack(of: lint.blind) else { return }
    terminal.say("blind", "\(lint.blind.count.counted("rule")) did not look, because \(lack) are known")
    terminal.hint(
      "give the cluster's objects with `--cluster SOURCE`, or name the folder that holds them too")
  }

  private func rule(_ name: String) throws(Complaint) -> LintRule {
    guard let rule = LintRule.all.first(where: { $0.name == name }) else {
      throw Complaint(
        "there is no rule `\(name)`", hint: "`netpol-learn lint --rules` lists them", exitCode: .usage)
    }
    return rule
  }

  private static var columns: [Column<LintRule>] {
    [Column("RULE") { $0.name }, Column("SEVERITY") { $0.severity.rawValue }, Column("FINDS") { $0.summary }]
  }
}

extension Severity: OptionValue {}
