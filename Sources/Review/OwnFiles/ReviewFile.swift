public import Generator
import Traffic

/// The edges of which a person should decide: those that were kept out, those that nobody can be named for, and needs
/// that no rule can be written for.
///
/// It is written beside the policies, filled in by people, and read again by the next run, which keeps what they said.
public struct ReviewFile: Hashable, Sendable {
  /// The entries, each edge once, in order.
  public let entries: [ReviewEntry]
  /// The comments above all entries that are not our own words.
  let above: [String]
  /// The comments beneath all entries.
  let below: [String]

  init(_ entries: [ReviewEntry], above: [String] = [], below: [String] = []) {
    self.entries = entries.sorted { $0.edge < $1.edge }
    self.above = above
    self.below = below
  }

  /// The name of the file.
  ///
  /// It has none of the endings by which `kubectl -f` tells manifests in a folder.
  public static let name = "netpol-learn.review"
  /// The name that it had.
  public static let formerName = "netpol-learn-review.yaml"
  /// All names by which it is found in a folder.
  public static let names = [name, formerName]
}

// How it is made.
extension ReviewFile {
  /// What is to be decided about some policies, with what people wrote in an earlier file.
  ///
  /// What they wrote to an edge that is not there any more stays, and so do entries of namespaces that nobody asked for
  /// this time.
  public init(_ learned: Learned, _ plan: Plan, keeping earlier: ReviewFile?) {
    let earlier = earlier?.naming(learned.options.decisions.meanings)
    let known = Dictionary(
      (earlier?.entries ?? []).map { ($0.edge, $0) }, uniquingKeysWith: { first, _ in first })
    let open = learned.edges.filter(\.isOpen) + plan.borne
    let present = Set(open.map(EdgeName.init))
    let elsewhere =
      known.isEmpty
      ? []
      : Set(
        learned.everyEdge.filter { $0.isOpen && !$0.touches(learned.options.namespaces) }.map(EdgeName.init))
    let kept = known.values.filter {
      !present.contains($0.edge) && ($0.isFilledIn || elsewhere.contains($0.edge))
    }
    self.init(Self.entries(open, known) + kept)
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
      let earlier = known[name]
      return ReviewEntry(
        edge: name, shown: shown ?? ReviewEntry.Shown(edges[0]), said: earlier?.said ?? .nothing,
        comments: earlier?.comments ?? [], origin: earlier?.origin)
    }
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

  /// The edges of which something was decided and nothing was seen, nor of others that the same was decided about between
  /// the same ends: who decides about a range of ports means those that are used.
  public func unseen(in learned: Learned) -> [EdgeName] {
    let decisions = learned.options.decisions
    let names = Set(decisions.names).union(decisions.meanings.keys)
    guard !names.isEmpty else { return [] }
    let seen = Set(learned.everyEdge.map(EdgeName.init))
    let decided = entries.filter { names.contains($0.edge) }
    let isSeen = { (entry: ReviewEntry) in seen.contains(decisions.meanings[entry.edge] ?? entry.edge) }
    let matched = Set(decided.filter(isSeen).map(\.settlement))
    return decided.filter { !isSeen($0) && !matched.contains($0.settlement) }.map(\.edge)
  }

  /// The edges of which something was decided, and which are learned whatever was.
  public func idle(in learned: Learned, _ plan: Plan) -> [EdgeName] {
    // Whether or not its loss is borne, what no rule can be written for is not let through.
    let unwritten = Set((plan.borne + plan.unwritable).map(\.key))
    let idle = learned.edges.filter {
      $0.decision != nil && $0.bin.isNeeded && $0.overruled == nil && !unwritten.contains($0.key)
    }
    return Set(idle.map(EdgeName.init)).sorted()
  }
}

extension ReviewFile {
  /// The same with entries by the names of the edges that they mean; those that mean one edge become one.
  func naming(_ meanings: [EdgeName: EdgeName]) -> ReviewFile {
    guard !meanings.isEmpty, entries.contains(where: { meanings[$0.edge] != nil }) else { return self }
    // An entry with an answer of its own keeps it, and so does the one beside it.
    let answered = Set(entries.filter { $0.said.answer != nil }.map(\.edge))
    let named = entries.map { entry -> ReviewEntry in
      guard let meant = meanings[entry.edge],
        !(answered.contains(entry.edge) && answered.contains(meant))
      else { return entry }
      return entry.about(meant)
    }
    return ReviewFile(
      Dictionary(grouping: named, by: \.edge).values.map(ReviewUnion.united), above: above, below: below)
  }
}

/// What is said to the edges between two ends, whatever their ports.
private struct Settlement: Hashable {
  let ends: EdgeName
  let said: ReviewEntry.Said
}

extension ReviewEntry {
  fileprivate var settlement: Settlement {
    Settlement(
      ends: EdgeName(
        client: edge.client, server: edge.server, port: 0, transport: edge.transport,
        isDirected: edge.isDirected), said: said)
  }

  fileprivate func about(_ edge: EdgeName) -> ReviewEntry {
    ReviewEntry(edge: edge, shown: shown, said: said, comments: comments, origin: origin)
  }

  fileprivate func isOver(on day: Day) -> Bool { said.expires.map { $0 < day } ?? false }
}

extension Edge {
  /// Whether somebody may decide about it.
  fileprivate var isOpen: Bool { bin == .quarantined || bin == .unattributed || overruled != nil }
}

extension ReviewEntry.Shown {
  fileprivate var order: String { "\(bin)\n\(finding)\n\(tier)\n\(names.joined(separator: "\n"))" }
}
