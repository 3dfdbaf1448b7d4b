public import Generator
import Traffic

/// The edges of which a person should decide: those that were kept out, those that nobody can be named for, and needs
/// that no rule can be written for.
///
/// It is written beside the policies, filled in by people, and read again by the next run, which keeps what they said.
public struct ReviewFile: Hashable, Sendable {
  /// The entries, each edge once, in order.
  public let entries: [ReviewEntry]

  init(_ entries: [ReviewEntry]) {
    self.entries = entries.sorted { $0.edge < $1.edge }
  }

  /// The name of the file.
  public static let name = "netpol-learn-review.yaml"
}

// How it is made.
extension ReviewFile {
  /// What is to be decided about some policies, with what people said in an earlier file.
  ///
  /// What they said about an edge that is not there any more stays.
  public init(_ learned: Learned, _ plan: Plan, keeping earlier: ReviewFile?) {
    let known = Dictionary(
      (earlier?.entries ?? []).map { ($0.edge, $0) }, uniquingKeysWith: { first, _ in first })
    let open = learned.edges.filter {
      $0.bin == .quarantined || $0.bin == .unattributed || $0.overruled != nil
    }
    self.init(Self.entries(open + plan.borne, known) + Self.kept(known, besides: open + plan.borne))
  }

  /// The entries for these edges, with nothing said to them.
  public init(_ edges: [Edge]) {
    self.init(Self.entries(edges, [:]))
  }

  /// One entry for all edges that are called the same.
  private static func entries(_ edges: [Edge], _ known: [EdgeName: ReviewEntry]) -> [ReviewEntry] {
    Dictionary(grouping: edges, by: EdgeName.init).map { name, edges in
      // The ends differ in the doubt about one address; whichever is told must be the same tomorrow.
      let shown = edges.map(ReviewEntry.Shown.init).min { $0.order < $1.order }
      return ReviewEntry(
        edge: name, shown: shown ?? ReviewEntry.Shown(edges[0]), said: known[name]?.said ?? .nothing,
        line: nil)
    }
  }

  private static func kept(_ known: [EdgeName: ReviewEntry], besides edges: [Edge]) -> [ReviewEntry] {
    let present = Set(edges.map(EdgeName.init))
    return known.values.filter { $0.said != .nothing && !present.contains($0.edge) }
  }
}

// What it can tell.
extension ReviewFile {
  /// What holds on a day: every answer that has not expired.
  public func decisions(on day: Day) -> Decisions {
    Decisions(
      Dictionary(
        entries.compactMap { entry in
          guard let answer = entry.said.answer, !entry.isOver(on: day) else { return nil }
          return (entry.edge, Decision(answer, owner: entry.said.owner))
        }, uniquingKeysWith: { first, _ in first }))
  }

  /// The answers that have expired by a day.
  public func expired(on day: Day) -> [ReviewEntry] {
    entries.filter { $0.said.answer != nil && $0.isOver(on: day) }
  }

  /// The edges of which something was decided and nothing was seen.
  public func unseen(in learned: Learned) -> [EdgeName] {
    let names = learned.options.decisions.names
    guard !names.isEmpty else { return [] }
    let seen = Set(learned.everyEdge.map(EdgeName.init))
    return names.filter { !seen.contains($0) }
  }

  /// The edges of which something was decided, and which are learned whatever was.
  public func idle(in learned: Learned, _ plan: Plan) -> [EdgeName] {
    let borne = Set(plan.borne.map(\.key))
    let idle = learned.edges.filter {
      $0.decision != nil && $0.bin.isNeeded && $0.overruled == nil && !borne.contains($0.key)
    }
    return Set(idle.map(EdgeName.init)).sorted()
  }

  /// Whether nothing that people said in an earlier file is missing in this one.
  public func keeps(_ earlier: ReviewFile) -> Bool {
    let said = Dictionary(entries.map { ($0.edge, $0.said) }, uniquingKeysWith: { first, _ in first })
    return earlier.entries.allSatisfy { $0.said == .nothing || said[$0.edge] == $0.said }
  }
}

extension ReviewEntry {
  fileprivate func isOver(on day: Day) -> Bool { said.expires.map { $0 < day } ?? false }
}

extension ReviewEntry.Shown {
  fileprivate var order: String { "\(bin)\n\(finding)\n\(tier)\n\(names.joined(separator: "\n"))" }
}
