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
  var form = Form.text

  /// How the difference is shown.
  enum Form: String, CaseIterable, OptionValue {
    case text, json, markdown
  }

  static let name = "diff"
  static let summary = "existing manifests against the policies for the recorded traffic"
  static let detail = [
    """
    Shows what becomes allowed and what stops when the recorded traffic's policies take the place of those at \
    `--against`: between workloads, and with the addresses outside that were seen. It compares what the policies \
    mean and not how they are written.
    """,
    "Ends with 1 where they differ.",
  ]
  static let examples = [
    Example("what a pull request would change", "netpol-learn diff --ns payments --against manifests/")
  ]
  static var options: [Option<Diff>] {
    [
      .value(
        "--against", value: "PATH", to: \.against, "the manifests before: a file, a folder or `-`",
        required: true),
      .value("-o", "--output", value: "FORM", to: \.form, "how the difference is shown"),
    ]
  }
  static var groups: [[Option<Diff>]] { [.group(\.generation), .group(\.namespaces), .group(\.source)] }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
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
    switch form {
    case .text: terminal.write(difference.text)
    case .json: terminal.write(JSON.write(difference.node, indented: true))
    case .markdown: terminal.write(difference.markdown)
    }
    return (difference.isEmpty ? ExitCode.done : .difference).and(manifests.exitCode).and(kept.exitCode)
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
