import Console
import Generator
import Kubernetes
import Review
import Traffic

/// A replay as tables for people.
struct ReplayView {
  let replay: Replay
  let showsUnused: Bool

  /// Shows the tables that have a line, and says the sums.
  func show(on terminal: inout Terminal) {
    var isFirst = true
    func print<Row>(_ table: Table<Row>, _ terminal: inout Terminal) {
      guard !table.rows.isEmpty else { return }
      if !isFirst { terminal.print() }
      isFirst = false
      terminal.print(table)
    }
    print(blocked, &terminal)
    print(isolated, &terminal)
    print(open, &terminal)
    print(rules, &terminal)
    if showsUnused { print(unused, &terminal) }
    print(idle, &terminal)
    tell(on: &terminal)
  }
}

// What would be cut, and what would be open.
extension ReplayView {
  private var losses: [OutcomeRow] { OutcomeRow.rows(replay.losses) }

  /// One line of an edge for each side that cuts it; the second has the side alone.
  private struct CutRow {
    let row: OutcomeRow
    let cut: OutcomeRow.Cut
    let isFirst: Bool

    func first(_ text: String) -> String { isFirst ? text : "" }

    var remark: String {
      let nearest = cut.nearest.map { "nearest is \($0)" }
      let others = isFirst ? [row.outcome.ruling.share, row.decided] : []
      return ([nearest] + others).compactMap(\.self).joined(separator: "; ")
    }
  }

  private var blocked: Table<CutRow> {
    let rows = losses.flatMap { row in
      row.cuts.enumerated().map { CutRow(row: row, cut: $0.element, isFirst: $0.offset == 0) }
    }
    return Table(
      rows,
      columns: [
        Column("BLOCKED") { $0.first($0.row.edges.client) },
        Column("SERVER") { $0.first($0.row.edges.server) },
        Column("PORT") { $0.first($0.row.edges.port) },
        Column("SEEN", .right) { $0.first($0.row.edges.conversations.grouped) },
        Column("BIN") { $0.first($0.row.edges.bin.title) },
        Column("SIDE", style: { _ in .error }) { $0.cut.direction.rawValue },
        Column("WHY NOT") { $0.cut.cause }, Column("") { $0.remark },
      ])
  }

  private struct IsolatedRow: Hashable {
    let subject: End
    let direction: PolicyDirection
    let isolators: [Citation]
  }

  /// Who is isolated by what, once for all lines above.
  private var isolated: Table<IsolatedRow> {
    let rows = Set(
      losses.flatMap(\.cuts).map {
        IsolatedRow(subject: $0.subject, direction: $0.direction, isolators: $0.isolators)
      })
    let sorted = rows.sorted { one, other in
      if one.subject != other.subject { return one.subject < other.subject }
      if one.direction != other.direction { return one.direction > other.direction }
      return one.isolators.lexicographicallyPrecedes(other.isolators)
    }
    return Table(
      sorted,
      columns: [
        Column("WHO") { $0.subject.description }, Column("SIDE") { $0.direction.rawValue },
        Column("ISOLATED BY") { $0.isolators.map(\.description).joined(separator: ", ") },
      ])
  }

  private var open: Table<OutcomeRow> {
    Table(
      OutcomeRow.rows(replay.openings),
      columns: [
        Column("WOULD BE OPEN") { $0.edges.client }, Column("SERVER") { $0.edges.server },
        Column("PORT") { $0.edges.port }, Column("SEEN", .right) { $0.edges.conversations.grouped },
        Column("QUARANTINED FOR") { $0.outcome.edge.reason ?? "" },
        Column("BY") { row in
          let rules = row.passages.map(\.description).joined(separator: ", ")
          return [rules.isEmpty ? "no policy isolates either end" : rules, row.outcome.ruling.share]
            .compactMap(\.self)
            .joined(separator: "; ")
        },
      ])
  }
}

// The rules.
extension ReplayView {
  private var rules: Table<RuleUse> {
    Table(
      replay.uses,
      columns: [
        Column("RULE") { Self.name($0.citation) },
        Column("EDGES", .right) { $0.needed.edges.grouped },
        Column("SEEN", .right) { $0.needed.conversations.grouped },
        Column("AT") { use in
          let others = use.quarantined.edges
          let remark =
            !use.hasEffect
            ? "without effect" : others == 0 ? nil : "and \(others.counted("quarantined edge"))"
          return [use.citation.origin?.description, remark].compactMap(\.self).joined(separator: "; ")
        },
      ])
  }

  private var unused: Table<UnusedPart> {
    Table(
      replay.unused,
      columns: [
        Column("NOTHING NEEDS") { $0.part.kind }, Column("OF") { Self.name($0.rule) },
        Column("SAYS") { $0.part.words },
        Column("AT") { part in
          [part.rule.origin?.description, part.remark].compactMap(\.self).joined(separator: "; ")
        },
      ])
  }

  private var idle: Table<NetworkPolicy> {
    Table(
      replay.idle,
      columns: [
        Column("PICKS NOTHING KNOWN") { $0.path }, Column("AT") { $0.origin?.description ?? "" },
      ])
  }

  private static func name(_ rule: Citation) -> String {
    "\(rule.policy) \(rule.direction.rawValue) rule \(rule.rule ?? 0)"
  }
}

// What is said beside them.
extension ReplayView {
  private func tell(on terminal: inout Terminal) {
    let causes = Unasked.Cause.allCases.compactMap { cause -> String? in
      let count = replay.unasked.count { $0.cause == cause }
      return count == 0 ? nil : "\(count.grouped) \(cause.rawValue)"
    }
    let rest = causes.isEmpty ? "" : "; not asked: \(causes.joined(separator: ", "))"
    terminal.say(
      "asked",
      "\(replay.outcomes.count.grouped) of \(Int(clamping: replay.seen.edges.seen).counted("edge")), under \(replay.policies.count.counted("policy", "policies"))\(rest)"
    )
    terminal.say(
      "blocked", Self.sums(replay.blocked) + listed(replay.losses, losses.count, "is needed", "are needed"))
    let opened = replay.openings
    let partly = opened.count { !$0.isAllowed }
    let some = partly == 0 ? "" : ", \(partly.grouped) of them for some pods only"
    terminal.say(
      "pass",
      Self.sums(replay.passing)
        + listed(
          opened, OutcomeRow.rows(opened).count, "quarantined one would be open\(some)",
          "quarantined ones would be open\(some)"))
    if let accepted { terminal.say("accepted", accepted) }
    for (note, count) in notes { terminal.say("note", "\(count.counted("edge")): \(note)") }
    if !replay.losses.isEmpty {
      terminal.hint(
        "`netpol-learn why CLIENT SERVER PORT --policies PATH` says of one of them what these policies lack")
    }
    if replay.notAsked.edges[.unattributed] > 0 {
      terminal.hint(
        "what is not attributed may need rules too, also one that nothing seems to need; `netpol-learn status` says what would help"
      )
    }
  }

  /// What people accepted, and what becomes of it; nil where they accepted nothing.
  private var accepted: String? {
    let needs = replay.outcomes.filter { $0.edge.overruled != nil }
    let cut = needs.count { $0.isLoss }
    let losses = replay.unasked.count { $0.cause == .unattributed && $0.edge.decision?.answer == .accept }
    let borne = replay.losses.count(where: \.isBorne)
    var parts: [String] = []
    if borne > 0 { parts.append("the loss of \(borne.counted("needed edge")), blocked as was decided") }
    if !needs.isEmpty {
      let count = needs.count.counted("quarantined edge")
      let fate = cut == 0 ? "passing" : cut == needs.count ? "blocked" : "\(cut.grouped) of them blocked"
      parts.append("\(count), \(fate)")
    }
    if losses > 0 { parts.append("the loss of \(losses.counted("edge")) not asked about") }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// How many of these edges stand in a table, and in how many lines: several edges may share one.
  private func listed(_ outcomes: [Outcome], _ lines: Int, _ one: String, _ many: String) -> String {
    guard !outcomes.isEmpty else { return "" }
    let count = "\(outcomes.count.grouped) \(outcomes.count == 1 ? one : many)"
    return "; \(count), listed in \(lines.counted("line"))"
  }

  private static func sums(_ accounting: Accounting) -> String {
    guard accounting.edges.seen > 0 else { return "nothing" }
    return
      "\(AccountingDocument.sum(accounting.edges)); conversations \(AccountingDocument.sum(accounting.conversations))"
  }

  /// What clusters may answer otherwise, the commonest first.
  private var notes: [(String, Int)] {
    var counts: [String: Int] = [:]
    for outcome in replay.outcomes {
      for remark in outcome.ruling.remarks { counts[remark, default: 0] += 1 }
    }
    return counts.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
      .map { ($0.key, $0.value) }
  }
}
