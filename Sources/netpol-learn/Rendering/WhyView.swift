import Console
import Generator
import Kubernetes
import Review
import Traffic

/// The answer to `why` for people: the evidence, what policies say, and the next step.
struct WhyView {
  let explanation: Explanation

  func show(on terminal: inout Terminal) {
    for (about, words) in lines {
      let text = VisibleText.escaped(words)
      terminal.print(about + String(repeating: " ", count: max(1, 13 - about.count)) + text)
    }
  }

  private var lines: [(String, String)] {
    let notes = (explanation.client.notes + explanation.server.notes).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    return notes.map { ("note", $0) } + evidence
      + explanation.spoofed.flatMap { SpoofedWords.explained($0, naming: explanation.spoofed.count > 1) }
      + explanation.judgements.flatMap(\.lines).map { ($0.about, $0.words) }
      + explanation.next.enumerated().map { ($0.offset == 0 ? "next" : "", $0.element) }
  }

  private var evidence: [(String, String)] {
    guard !explanation.sightings.isEmpty else { return [("not seen", unseen)] }
    let rows = EdgeRow.rows(explanation.sightings.map(\.edge))
    return rows.flatMap { lines(of: $0, naming: rows.count > 1) }
  }

  private var unseen: String {
    let status = explanation.status
    guard let window = status.window else { return "nothing is recorded" }
    let length =
      status.recorded.stretches > 1
      ? Rounded.duration(seconds: Double(status.recorded.time.components.seconds))
      : Rounded.duration(seconds: window.upperBound.seconds(since: window.lowerBound))
    return "no conversation in \(length) on \(status.recorders.count.counted("recorder")) (\(missed))"
  }

  /// What was seen of an edge, or of those to the several addresses of one name.
  private func lines(of row: EdgeRow, naming isSeveral: Bool) -> [(String, String)] {
    let all = row.edges.map(\.evidence)
    let ends = isSeveral ? "\(row.client) → \(row.server) \(row.port): " : ""
    let hours = all.map(\.hours).max() ?? 0
    // Hours of the clock: a few minutes may touch two of them.
    let spread = hours > 1 ? " in \(hours.grouped) clock hours" : ""
    let span =
      "first \(all.map(\.first).min() ?? .distantPast), last \(all.map(\.lastSeen).max() ?? .distantPast)"
    let keys = Set(row.edges.map(\.key))
    let recorders = Set(
      explanation.sightings.filter { keys.contains($0.edge.key) }.flatMap(\.recorders))
    var lines = [
      (
        "seen",
        "\(ends)\(row.conversations.counted("conversation"))\(spread), \(row.tier.name), \(span)"
      ),
      (
        "",
        "recorded by \(recorders.count.grouped) of \(explanation.status.recorders.count.counted("recorder")) (\(missed))"
      ),
    ]
    let names = Set(all.flatMap(\.names)).sorted()
    if !names.isEmpty { lines.append(("", "asked for as \(Self.listed(names))")) }
    let dialled = Set(all.flatMap(\.dialled)).sorted().map(\.description)
    if !dialled.isEmpty { lines.append(("", "dialled at \(Self.listed(dialled))")) }
    let edge = row.edges[0]
    let why = [edge.reason].compactMap(\.self) + edge.remarks.map(\.rawValue)
    return lines + [(edge.bin.title, why.isEmpty ? Self.meaning(of: edge.bin) : why.joined(separator: "; "))]
  }

  /// What the recorders may have missed.
  private var missed: String {
    let status = explanation.status
    let gaps = status.gaps.isEmpty ? "no gap is known" : status.gaps.count.counted("gap")
    return "loss \(LossWords.counted(by: status.recorders)); \(gaps)"
  }

  private static func meaning(of bin: Bin) -> String {
    switch bin {
    case .learned: "a need of workloads"
    case .baseline: "what every cluster needs"
    case .quarantined: "kept out"
    case .unattributed: "nobody can be named for it"
    case .outOfScope: "no policy rules it"
    }
  }

  private static func listed(_ names: [String]) -> String {
    let rest = names.count - 3
    return names.prefix(3).joined(separator: ", ") + (rest > 0 ? " and \(rest.grouped) more" : "")
  }
}
