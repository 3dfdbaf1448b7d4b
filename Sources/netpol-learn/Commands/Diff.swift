import Console
import Documents
import Generator
import Kubernetes
import Review

/// Compares what two sets of policies let through.
struct Diff: Command {
  var talk = Talk()
  var source = SourceOptions()
  var namespaces = NamespaceOptions()
  var generation = GenerationOptions()
  var against: String?
  var policies: String?
  var failOn = Failing.any
  var form = Form.text

  /// How the difference is shown.
  enum Form: String, CaseIterable, OptionValue {
    case text, json, markdown
  }

  /// Which differences end the run with 1.
  enum Failing: String, CaseIterable, OptionValue {
    case any, widening
  }

  static let name = "diff"
  static let summary =
    "existing manifests against the policies for the recorded traffic, or two sets of manifests"
  static let detail = [
    """
    Shows what becomes allowed and what stops when the recorded traffic's policies, or the manifests at \
    `--policies`, take the place of those at `--against`: between workloads, with the addresses outside, and for pods \
    and namespaces that may come. It compares what the policies mean and not how they are written.
    """,
    """
    What makes a difference to no workload that is known is told by an example: a pod and a port for which the answer \
    changes. With `--policies` no store is opened; workloads and namespaces are those among the manifests themselves \
    and those of `--cluster`, and what came, went or changed its labels is told apart.
    """,
    "Ends with 1 where they differ, or where it could not be decided whether they do.",
  ]
  static let examples = [
    Example("what a pull request would change", "netpol-learn diff --ns payments --against manifests/"),
    Example(
      "whether a branch opens anything that main does not",
      "netpol-learn diff --against main/manifests --policies branch/manifests --fail-on widening"),
  ]
  static var options: [Option<Diff>] {
    [
      .value(
        "--against", value: "PATH", to: \.against, "the manifests before: a file, a folder or `-`",
        required: true),
      .value(
        "--policies", value: "PATH", to: \.policies, "the manifests after: a file, a folder or `-`",
        otherwise: "the recorded traffic's policies"),
      .value(
        "--fail-on", value: "WHAT", to: \.failOn, "which differences end the run with 1",
        detail: """
          `widening` means only what becomes allowed; what could not be decided counts, because it may widen.
          """),
      .value("-o", "--output", value: "FORM", to: \.form, "how the difference is shown"),
    ]
  }
  static var groups: [[Option<Diff>]] { [.group(\.generation), .group(\.namespaces), .group(\.source)] }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    if policies != nil { try refuseIdleOptions() }
    let (difference, code) =
      if let policies { try ofManifests(policies, on: &terminal) } else { try ofTraffic(on: &terminal) }
    switch form {
    case .text: terminal.write(difference.text)
    case .json: terminal.print(JSON.write(difference.node, indented: true))
    case .markdown: terminal.write(difference.markdown)
    }
    let isFailing =
      switch failOn {
      case .any: !difference.isEmpty
      case .widening: difference.widens
      }
    return (isFailing ? ExitCode.difference : .done).and(code)
  }

  /// Refuses what is asked of the recorded traffic where none is looked at; which store there is matters to nobody.
  private func refuseIdleOptions() throws(Complaint) {
    let times = source.changedOptions.filter { ["--since", "--until"].contains($0) }
    guard let option = (generation.changedOptions + times).first else { return }
    throw Complaint(
      "`\(option)` is about recorded traffic, and with `--policies` none is looked at",
      hint: "leave one of them out", exitCode: .usage)
  }

  /// From the manifests to others.
  private func ofManifests(
    _ later: String, on terminal: inout Terminal
  ) throws -> (difference: Difference, code: ExitCode) {
    let pair = try ManifestPair(
      from: against ?? "", to: later, cluster: source.cluster, namespaces, on: &terminal)
    return (Difference(from: pair.before, to: pair.after, among: pair.participants), pair.exitCode)
  }

  /// From the manifests to the recorded traffic's policies.
  private func ofTraffic(on terminal: inout Terminal) throws -> (difference: Difference, code: ExitCode) {
    let manifests = try Manifests(at: against ?? "", namespaces: namespaces.names)
    manifests.tell(on: &terminal)
    let kept = try Kept(source, on: &terminal)
    let policies = try Policies(kept, generation, namespaces, on: &terminal)
    let chosen = policies.learned.options.namespaces
    // What other namespaces have stays as it is on both sides.
    let elsewhere = manifests.policies.filter { !chosen.contains($0.namespace) }
    let labels = policies.learned.namespaceLabels
    let before = PolicySet(manifests.policies, namespaces: labels)
    let after = PolicySet(elsewhere + policies.plan.policies.map(\.policy), namespaces: labels)
    // A block opens more than the addresses that were seen: every stretch that blocks tell apart is compared too.
    let outside = NamedParty.outside(of: before, after)
    let difference = Difference(from: before, to: after, among: parties(policies.learned) + outside)
    return (difference, manifests.exitCode.and(kept.exitCode))
  }

  /// Every look of every workload, and every outside end that was seen, with the name it was dialled by.
  private func parties(_ learned: Learned) -> [NamedParty] {
    let names = Dictionary(
      learned.edges.filter { !$0.evidence.names.isEmpty }.map { ($0.server, $0.evidence.names) },
      uniquingKeysWith: { Set($0 + $1).sorted() })
    let cast = learned.cast
    return cast.ends.flatMap { end in
      let called = names[end].map { "\($0.joined(separator: " ")) (\(end))" } ?? end.description
      return NamedParty.looks(of: called, cast.parties(of: end))
    }
  }
}
