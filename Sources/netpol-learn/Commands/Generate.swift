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
    "With `--out` a folder gets one file a policy and a `kustomization.yaml`; without it they go to standard output.",
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
      .flag("--dry-run", to: \.isDryRun, "prove and report, but write nothing"),
    ]
  }
  static var groups: [[Option<Generate>]] {
    [.group(\.generation), .group(\.namespaces), .group(\.source)]
  }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    let kept = try Kept(source, on: &terminal)
    let policies = try Policies(kept, generation, namespaces, on: &terminal)
    if !isDryRun { try deliver(policies, on: &terminal) }
    PlanTalk.tell(policies, writtenTo: isDryRun ? nil : out, on: &terminal)
    return .done
  }

  private func deliver(_ policies: Policies, on terminal: inout Terminal) throws {
    if let out {
      let bundle = Bundle(policies.plan.policies)
      let isSingle = bundle.namespaces.count == 1
      for namespace in bundle.namespaces {
        let folder = try OutputFolder(at: isSingle ? out : "\(out)/\(namespace.name)")
        try folder.write(
          Dictionary(namespace.files.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first }))
      }
      return
    }
    switch form {
    case .yaml: terminal.write(Bundle.stream(policies.plan.policies))
    case .json: terminal.write(JSON.write(PlanDocument.node(policies.learned, policies.plan), indented: true))
    }
  }
}
