import Console
import Documents
import Generator
import Review

/// Writes the least policies for the recorded traffic.
struct Generate: Command {
  var talk = Talk()
  var source = SourceOptions()
  var namespaces = NamespaceOptions()
  var generation = GenerationOptions()
  var form = Form.yaml
  var out: String?
  var into: String?
  var against: String?
  var isDryRun = false

  /// How the policies are shown.
  enum Form: String, CaseIterable, OptionValue {
    case yaml, json
  }

  static let name = "generate"
  static let summary = "write the least policies for the recorded traffic"
  static let detail = [
    """
    One policy a workload, cluster DNS for every pod of the namespace (UDP and TCP), and the closed door. Before a \
    byte is written it is proven that everything needed passes, also for tomorrow's replicas, that nothing \
    quarantined is opened, and that each rule is needed.
    """,
    """
    With `--out` a folder gets one file a policy and a `kustomization.yaml`; without it they go to standard output. Beside \
    them, as with `--into`, stands `netpol-learn.review` with each edge that was kept out or that nobody can be named \
    for: fill in what is decided, and the next run into this folder reads it. Several namespaces have a folder each, and \
    the review files of all of them and the one above count together.
    """,
    """
    `-A` leaves out the namespaces where the cluster itself lives, such as `kube-system`, unless `--ns` names them as well.
    """,
  ]
  static let examples = [
    Example("a pull request", "netpol-learn generate --ns payments --out policies/"),
    Example(
      "a first step that only watches the door", "netpol-learn generate --ns payments --direction ingress"),
  ]
  static var options: [Option<Generate>] {
    [
      .value("-o", "--output", value: "FORM", to: \.form, "how the policies are shown"),
      .value("--out", value: "DIR", to: \.out, "write files into this folder", otherwise: "standard output"),
      .value(
        "--into", value: "DIR", to: \.into,
        "bring our policies in this folder up to date, wherever they lie in it",
        detail: """
          A policy of ours that changes keeps its file and its place there; others' are never touched, and new ones get \
          files as with `--out`.
          """),
      .value(
        "--against", value: "PATH", to: \.against,
        "the manifests that stand already, beside the cluster's own",
        detail: "Where those of other namespaces would cut a need, what they lack is told.",
        otherwise: "the policies of the inventory"),
      .value(
        "--dialect", value: "KIND", to: \.generation.dialect, "the kind of object that is written",
        detail: """
          `calico-staged` writes Calico's StagedKubernetesNetworkPolicy: in force nowhere, and Calico tells what it \
          would do. It never takes the place of one that is in force.
          """),
      .flag(
        "--kustomize-safe", to: \.generation.isKustomizeSafe,
        "select pods in words that labels added by Kustomize leave alone",
        detail:
          "`commonLabels` and `labels` with `includeSelectors` change each `matchLabels`, and no `matchExpressions`."
      ),
      .flag("--dry-run", to: \.isDryRun, "prove and report, but write nothing"),
    ]
  }
  static var groups: [[Option<Generate>]] {
    [.group(\.generation), .group(\.namespaces), .group(\.source)]
  }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    try refuseOddOutput()
    let standing = try against.map { try Manifests(at: $0, namespaces: namespaces.names) }
    standing?.tell(on: &terminal)
    generation.standing = standing?.policies ?? []
    let manifests = try into.map { try ManifestFolder(at: $0) }
    let before = try out.map { try PolicyFolder(at: $0, for: namespaces) }
    let above = try (into ?? out).flatMap { try FolderAbove(of: $0, for: namespaces) }
    try above?.requireNone()
    if let manifests { generation.reviews = try ReviewFolder(of: manifests, above) }
    if let before { generation.reviews = try ReviewFolder(of: before, above) }
    let kept = try Kept(source, on: &terminal)
    let policies = try Policies(kept, generation, namespaces, on: &terminal)
    let folder = into ?? out
    // A scan may leave very many entries, and they are needed in a folder only.
    let renewed = folder.map { _ in generation.reviews.renewed(policies.review, about: policies.learned) }
    var target = folder
    if let manifests {
      try Updating(manifests, policies, renewed?.texts ?? [:], isEvery: namespaces.isEvery)
        .run(isDryRun: isDryRun, on: &terminal)
    } else if let before {
      let delivery = Delivery(to: before, policies, renewed?.texts ?? [:], replacing: generation.reviews)
      try delivery.run(isDryRun: isDryRun, on: &terminal)
      target = delivery.target
    } else if !isDryRun {
      show(policies, on: &terminal)
    }
    PlanTalk.tell(
      policies, writtenTo: into == nil && !isDryRun ? target : nil,
      review: isDryRun
        ? nil
        : folder.flatMap { folder in renewed?.nearest.map { PolicyFolder.path($0, in: folder) } },
      on: &terminal)
    if let target = into ?? out { generation.reviews.tellFormerNames(in: target, on: &terminal) }
    return kept.exitCode.and(standing?.exitCode ?? .done)
  }

  private func refuseOddOutput() throws(Complaint) {
    for (option, folder) in [("--out", out), ("--into", into)] {
      guard let folder else { continue }
      if folder.isEmpty {
        throw Complaint("`\(option)` needs a folder, and its name is empty", exitCode: .usage)
      }
      if folder == "-" {
        throw Complaint(
          "`\(option)` needs a folder, not `-`",
          hint: "without `\(option)` the policies go to standard output", exitCode: .usage)
      }
      if form == .json {
        throw Complaint(
          "`\(option)` writes YAML, and `-o json` asks for JSON", hint: "leave one of them out",
          exitCode: .usage)
      }
    }
    if isDryRun, form == .json {
      throw Complaint(
        "`--dry-run` writes no policies, and `-o json` asks for them", hint: "leave one of them out",
        exitCode: .usage)
    }
    if out != nil, into != nil {
      throw Complaint(
        "`--out` and `--into` exclude each other", hint: "leave one of them out", exitCode: .usage)
    }
  }

  private func show(_ policies: Policies, on terminal: inout Terminal) {
    let dialect = generation.dialect
    switch form {
    case .yaml: terminal.write(Bundle.stream(policies.plan.policies, dialect: dialect))
    case .json: terminal.print(JSON.write(PlanDocument.node(policies.learned, policies.plan), indented: true))
    }
  }
}
