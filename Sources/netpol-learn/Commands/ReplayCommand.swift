import Console
import Documents
import Generator
import Kubernetes
import Review

/// Shows what manifests would do to the recorded traffic.
struct ReplayCommand: Command {
  var talk = Talk()
  var source = SourceOptions()
  var namespaces = NamespaceOptions()
  var decisions = DecisionOptions()
  var policies: [String] = []
  var showsUnused = false
  var form = Form.table

  /// How the replay is shown.
  enum Form: String, CaseIterable, OptionValue {
    case table, json, sarif
  }

  static let name = "replay"
  static let summary = "recorded traffic through any manifests: what would be blocked, which rules are unused"
  static let detail = [
    """
    Every recorded edge is asked of the policies at `--policies`, existing, proposed, or both together: what would be \
    cut, on which side, isolated by which policies and for want of what; what passes by which rule; what was \
    quarantined and would be open; and which policies pick no pod that is known. Of a policy that is given twice the \
    later one counts, as with `kubectl apply`.
    """,
    """
    An edge is asked for every look that its workloads' pods have, also for tomorrow's replicas. What nobody can be \
    named for, and what no policy rules, is not asked, and counted: asked and not asked are all that was seen.
    """,
    """
    Edges stand in the bins in which `generate` finds them: give it the same `--accept`, `--cni` and `--strict`, so \
    that what people accepted is a need here too.
    """,
    """
    It tells what happens to connections that are opened. Those that are open when a policy comes are another matter: \
    some network plugins let them go on until they end, others cut them at once, and Kubernetes leaves that open.
    """,
    "Ends with 1 where an edge of bin learned or baseline would be blocked.",
  ]
  static let examples = [
    Example("what a pull request would break", "netpol-learn replay --ns payments --policies manifests/"),
    Example(
      "what runs, and what is to come beside it",
      "netpol-learn replay --ns payments --policies running.yaml --policies proposed/"),
    Example("which rules nobody uses", "netpol-learn replay -A --policies manifests/ --unused"),
  ]
  static var options: [Option<ReplayCommand>] {
    [
      .values(
        "--policies", value: "PATH", to: \.policies,
        "the manifests: a file, a folder or `-`; may be given several times", required: true),
      .flag(
        "--unused", to: \.showsUnused, "show which rules, peers and ports nothing recorded needs",
        detail: """
          Of the policies of the namespaces asked for; all that touches others' was not looked at. What happens once a \
          month was not seen in a week.
          """),
      .value("-o", "--output", value: "FORM", to: \.form, "how the replay is shown"),
    ]
  }
  static var groups: [[Option<ReplayCommand>]] {
    [.group(\.decisions), .group(\.namespaces), .group(\.source)]
  }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    let given = try GivenPolicies(policies, namespaces, on: &terminal)
    let kept = try Kept(source, on: &terminal)
    let decided = try Decided(at: decisions.accepted, beside: ReviewFolder())
    let all = decisions.learned(from: kept, decided)
    decided.tellExpired(on: &terminal)
    decided.tellUnseen(all, on: &terminal)
    let learned = all.about(try namespaces.chosen(among: all.knownNamespaces, isNeeded: true))
    let replay = Replay(learned, under: given.policies)
    switch form {
    case .table: ReplayView(replay: replay, showsUnused: showsUnused).show(on: &terminal)
    case .json: terminal.print(JSON.write(ReplayDocument.node(replay), indented: true))
    case .sarif:
      let log = replay.sarif(version: Main.program.version, withUnused: showsUnused)
      terminal.print(JSON.write(log, indented: true))
    }
    if all.everyEdge.isEmpty {
      terminal.warn(
        "nothing is recorded in \(source.store.path)"
          + (source.since == nil && source.until == nil ? "" : " for that time")
          + ", so that nothing is said of these policies")
    } else if replay.outcomes.isEmpty {
      terminal.warn(
        "no edge could be asked, so that nothing is said of these policies",
        hint: kept.inventory.isEmpty ? "load the cluster with `\(Advice.loadInventory)`" : nil)
    }
    tell(replay.unaskedNeeds, on: &terminal)
    let isBlocked = replay.outcomes.contains(where: \.isLoss)
    return (isBlocked ? ExitCode.difference : .done).and(given.exitCode).and(kept.exitCode)
  }

  /// Says which needs nobody was asked about: that nothing is blocked says nothing of them.
  private func tell(_ needs: [Unasked], on terminal: inout Terminal) {
    guard !needs.isEmpty else { return }
    let listed = needs.prefix(10).map {
      "\($0.edge.client) → \($0.edge.server) \($0.edge.port)/\($0.edge.transport): \($0.cause.rawValue)"
    }
    let rest = needs.count - listed.count
    terminal.warn(
      "\(needs.count.counted("need")) could not be asked, and nothing says whether \(needs.count == 1 ? "it is" : "they are") cut",
      detail: listed + (rest > 0 ? ["and \(rest.grouped) more"] : []),
      hint:
        "load the cluster as it was then with `\(Advice.loadInventory)`; `netpol-learn generate` refuses for them"
    )
  }
}
