import Console
import Documents
import FlowStore
import Generator
import Kubernetes
import Review
import Traffic

/// A store's status, for people and for scripts.
struct StatusView {
  let status: Status
  let inventory: Inventory
  let files: [ImportedFile]
  let path: String

  /// Shows it as lines and tables, with the next steps beside them.
  func show(on terminal: inout Terminal) {
    for (name, text) in lines {
      terminal.print(name + String(repeating: " ", count: max(1, 15 - name.count)) + text)
    }
    guard status.accounting.edges.seen > 0 else { return }
    terminal.print()
    terminal.print(tiers)
    if !status.doubts.isEmpty {
      terminal.print()
      terminal.print(doubts)
    }
    terminal.print()
    if status.hours.lastNew == nil {
      terminal.print("no need was seen: nothing becomes a rule yet")
    } else {
      terminal.print(hours)
    }
    if let last = status.hours.last, last.newNeeds > 0 {
      let needs = "\(last.newNeeds.counted("need")) \(last.newNeeds == 1 ? "was" : "were")"
      terminal.hint("\(needs) new in the last hour: go on recording while hours teach new ones")
    }
    for (advice, causes) in advice { terminal.hint("\(causes.joined(separator: "; ")): \(advice)") }
  }

  /// The same as one document.
  var document: Node {
    let store = Node.mapping([
      "path": .string(path), "facts": .integer(status.recorders.reduce(0) { $0 + $1.facts }),
      "pods": .integer(inventory.pods.count), "workloads": .integer(inventory.workloads.count),
      "services": .integer(inventory.services.count), "nodes": .integer(inventory.nodes.count),
    ])
    let files = files.map { file in
      Node.mapping([
        "name": .string(file.name), "recorder": .string(file.recorder), "packets": .integer(file.packets),
        "seen": StatusDocument.span(file.seen),
      ])
    }
    return Node(
      .mapping(
        [Node.Member("store", store)] + StatusDocument.members(status)
          + [Node.Member("files", .sequence(files))]))
  }
}

// Lines.
extension StatusView {
  private var lines: [(String, String)] {
    let facts = status.recorders.reduce(0) { $0 + $1.facts }
    var lines = [("store", "\(path): \(facts.counted("fact")), \(known)")]
    if let window = status.window {
      let length = Rounded.duration(seconds: window.upperBound.seconds(since: window.lowerBound))
      let isBroken = status.recorded.stretches > 1
      let recorded =
        isBroken
        ? ", of which \(Rounded.duration(seconds: Double(status.recorded.time.components.seconds))) were recorded in \(status.recorded.stretches.counted("stretch", "stretches"))"
        : ""
      lines.append(("window", "\(Self.span(window)), \(length)\(recorded)"))
    }
    lines += shortened(status.recorders.map { ("recorder", line($0)) }, "recorder")
    lines += shortened(
      files.map {
        ("file", "\($0.name): \($0.packets.counted("packet"))\($0.seen.map { ", \(Self.span($0))" } ?? "")")
      },
      "file")
    lines.append(
      (
        "loss",
        ([LossWords.counted(by: status.recorders)] + [LossWords.crowdedOut(status.loss)].compactMap(\.self))
          .joined(separator: "; ")
      ))
    lines += shortened(
      status.gaps.map { ("gap", "\($0.recorder): \(Self.span($0.from...max($0.from, $0.until)))") }, "gap")
    if status.gaps.isEmpty, !status.recorders.isEmpty { lines.append(("gaps", "none is known")) }
    if !status.passed.isEmpty {
      let passed = status.passed.map { PassedWords.counted($0.frames, $0.reason) }
      lines.append(("passed over", passed.joined(separator: ", ")))
    }
    lines += shortened(status.spoofed.map { ("spoofed", SpoofedWords.line($0)) }, "spoofed")
    guard status.accounting.edges.seen > 0 else { return lines }
    lines.append(("edges", AccountingDocument.sum(status.accounting.edges)))
    lines.append(("conversations", AccountingDocument.sum(status.accounting.conversations)))
    return lines
  }

  private var known: String {
    guard !inventory.isEmpty else { return "and no inventory" }
    let counts = [
      inventory.pods.count.counted("pod"), inventory.workloads.count.counted("workload"),
      inventory.services.count.counted("Service"), inventory.nodes.count.counted("node"),
    ]
    return counts.joined(separator: ", ")
  }

  private func line(_ recorder: Recorder) -> String {
    let span = recorder.seen.map { ", \(Self.span($0))" } ?? ""
    return "\(recorder.name): \(recorder.facts.counted("fact"))\(span)"
  }

  /// The first of many lines, and how many more there are; a document has all of them.
  private func shortened(_ lines: [(String, String)], _ noun: String) -> [(String, String)] {
    guard lines.count > Self.shown else { return lines }
    return lines.prefix(Self.shown) + [
      ("", "and \((lines.count - Self.shown).grouped) more; `-o json` names all")
    ]
  }

  private static let shown = 10

  private static func span(_ range: ClosedRange<Instant>) -> String {
    "\(range.lowerBound.wholeSecond) to \(range.upperBound.wholeSecond)"
  }
}

// Tables.
extension StatusView {
  private var tiers: Table<TierCount> {
    Table(
      status.tiers,
      columns: [
        Column("PROTOCOL") { $0.transport.name }, Column("TIER") { $0.tier.name },
        Column("EDGES", .right) { $0.edges.grouped },
        Column("CONVERSATIONS", .right) { $0.conversations.grouped },
      ])
  }

  private var doubts: Table<DoubtRow> {
    Table(
      status.doubts.flatMap(DoubtRow.rows),
      columns: [
        Column("NOT ATTRIBUTED") { $0.cause }, Column("EDGES", .right) { $0.edges },
        Column("CONVERSATIONS", .right) { $0.conversations }, Column("LARGEST") { $0.example },
      ])
  }

  /// One line of what was not attributed: the first of a cause has its counts, the others further examples.
  private struct DoubtRow {
    let cause: String
    let edges: String
    let conversations: String
    let example: String

    static func rows(_ count: DoubtCount) -> [DoubtRow] {
      count.largest.enumerated().map { place, edge in
        let example =
          "\(edge.client) → \(edge.server) \(edge.port)/\(edge.transport) ×\(edge.evidence.conversations.grouped)"
        return place > 0
          ? DoubtRow(cause: "", edges: "", conversations: "", example: example)
          : DoubtRow(
            cause: count.cause.rawValue, edges: count.edges.grouped,
            conversations: count.conversations.grouped, example: example)
      }
    }
  }

  /// The last hours, and what was before them in one line.
  private var hours: Table<HourRow> {
    let earlier = status.hours.dropLast(Self.hoursShown)
    var rows = status.hours.suffix(Self.hoursShown).map {
      HourRow(hour: $0.begin.wholeSecond, needs: $0.newNeeds)
    }
    if !earlier.isEmpty {
      rows.insert(
        HourRow(
          hour: "\(earlier.count.counted("hour")) before", needs: earlier.reduce(0) { $0 + $1.newNeeds }),
        at: 0)
    }
    return Table(
      rows, columns: [Column("HOUR") { $0.hour }, Column("NEW NEEDS", .right) { $0.needs.grouped }])
  }

  private struct HourRow {
    let hour: String
    let needs: Int
  }

  private static let hoursShown = 24

  /// What would help, each piece once, with all that it would help against.
  private var advice: [(String, [String])] {
    status.doubts.reduce(into: []) { list, doubt in
      let advice = doubt.cause.advice
      if let place = list.firstIndex(where: { $0.0 == advice }) {
        list[place].1.append(doubt.cause.rawValue)
      } else {
        list.append((advice, [doubt.cause.rawValue]))
      }
    }
  }
}

extension Instant {
  /// The moment without its fraction of a second.
  fileprivate var wholeSecond: String { Instant(seconds: seconds).description }
}
