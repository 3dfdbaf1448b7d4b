import Console
import Documents
import Generator
import Review
import Traffic

/// Shows who talked to whom.
struct Flows: Command {
  var talk = Talk()
  var source = SourceOptions()
  var namespaces = NamespaceOptions()
  var decisions = DecisionOptions()
  var form = Form.table
  var tiers: [Tier] = []
  var bins: [Bin] = []
  var from: String?
  var to: String?
  var port: AskedPort?

  /// How the edges are shown.
  enum Form: String, CaseIterable, OptionValue {
    case table, wide, json, jsonl, csv
  }

  static let name = "flows"
  static let summary = "who talked to whom"
  static let detail = [
    """
    One line an edge: which workload asked which, on the server's own port, how far it came at best, how many \
    conversations there were, and what becomes of it. Service addresses are folded into the pods behind them.
    """
  ]
  static let examples = [
    Example("everything about one namespace", "netpol-learn flows --ns payments"),
    Example("what was kept out, and why", "netpol-learn flows --ns payments --bin quarantined"),
    Example("for scripts", "netpol-learn flows --ns payments -o jsonl"),
  ]
  static var options: [Option<Flows>] {
    [
      .value("-o", "--output", value: "FORM", to: \.form, "how the edges are shown"),
      .values("--tier", value: "TIER", to: \.tiers, "only edges that came this far at best"),
      .values("--bin", value: "BIN", to: \.bins, "only edges of this bin"),
      .value(
        "--from", value: "NAME", to: \.from,
        "only edges from this client: a namespace, or an end as `why` takes it"),
      .value(
        "--to", value: "NAME", to: \.to,
        "only edges to this server: a namespace, or an end as `why` takes it, on any port"),
      .value("--port", value: "PORT", to: \.port, "only edges to this port, such as 53, or 53/UDP"),
    ]
  }
  static var groups: [[Option<Flows>]] { [.group(\.decisions), .group(\.namespaces), .group(\.source)] }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    let kept = try Kept(source, on: &terminal)
    let decided = try Decided(at: decisions.accepted, beside: ReviewFolder())
    let all = decisions.learned(from: kept, decided)
    decided.tellExpired(on: &terminal)
    decided.tellUnseen(all, on: &terminal)
    let learned = all.about(try namespaces.chosen(among: all.knownNamespaces, isNeeded: false))
    let clients = try from.map { try NamedEnds($0, in: all, homes: namespaces.names) }
    let servers = try to.map { try NamedEnds($0, in: all, homes: namespaces.names) }
    let edges = learned.edges.filter { edge in
      isWanted(edge) && clients?.holds(edge.client) ?? true
        && servers?.holds(edge.server, edge.evidence.names) ?? true
    }
    var lines = 0
    switch form {
    case .table, .wide, .csv:
      let table = EdgeTableView.table(edges, isWide: form == .wide, isForScripts: form == .csv)
      lines = table.rows.count
      if form == .csv { terminal.write(table.csv) } else if !edges.isEmpty { terminal.print(table) }
    case .json:
      terminal.print(JSON.write(.sequence(edges.map(EdgeDocument.wide)), indented: true))
    case .jsonl:
      for edge in edges { terminal.print(JSON.write(EdgeDocument.brief(edge), indented: false)) }
    }
    if form == .table || form == .wide, !edges.isEmpty {
      let accounting = learned.accounting
      let isWhole = edges.count == learned.edges.count
      let shown = Accounting(edges)
      // The addresses of one name share a line, and so do the ports of a scan.
      let folded = lines == edges.count ? "" : "in \(lines.counted("line"))"
      let count = [isWhole && folded.isEmpty ? "" : "\(edges.count) shown", folded].filter { !$0.isEmpty }
      let edgesShown = count.isEmpty ? "" : "; \(count.joined(separator: " "))"
      let conversationsShown = isWhole ? "" : "; \(shown.conversations.seen) shown"
      terminal.say("")
      terminal.say("edges          \(AccountingDocument.sum(accounting.edges))\(edgesShown)")
      terminal.say("conversations  \(AccountingDocument.sum(accounting.conversations))\(conversationsShown)")
    }
    if edges.isEmpty { terminal.say(nothing(of: all)) }
    return kept.exitCode
  }

  /// Why nothing is shown.
  private func nothing(of all: Learned) -> String {
    all.everyEdge.isEmpty
      ? "nothing is recorded in \(source.store.path)"
        + (source.since == nil && source.until == nil ? "" : " for that time")
      : "none of \(all.everyEdge.count.counted("edge")) is what was asked for"
  }

  private func isWanted(_ edge: Edge) -> Bool {
    (tiers.isEmpty || tiers.contains(edge.tier)) && (bins.isEmpty || bins.contains(edge.bin))
      && (port?.holds(edge.port, edge.transport) ?? true)
  }
}
