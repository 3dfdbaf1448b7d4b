public import Generator
public import Kubernetes

/// One line of a table of outcomes: an edge, or the edges to the several addresses of one name that fare alike.
public struct OutcomeRow: Sendable {
  /// The edges.
  public let edges: EdgeRow
  /// What the policies say of each of them.
  public let outcome: Outcome

  /// The lines for these outcomes, in the order of the bins and then of the edges.
  public static func rows(_ outcomes: [Outcome]) -> [OutcomeRow] {
    Dictionary(grouping: outcomes, by: { Alike(ruling: $0.ruling, isBorne: $0.isBorne) }).values.flatMap {
      outcomes -> [OutcomeRow] in
      let byEdge = Dictionary(outcomes.map { ($0.edge.key, $0) }, uniquingKeysWith: { first, _ in first })
      return EdgeRow.rows(outcomes.map(\.edge)).compactMap { row in
        byEdge[row.edges[0].key].map { OutcomeRow(edges: row, outcome: $0) }
      }
    }.sorted { EdgeRow.precedes($0.edges.edges[0], $1.edges.edges[0]) }
  }
}

extension OutcomeRow {
  /// What outcomes of one line have in common.
  private struct Alike: Hashable {
    let ruling: Ruling
    let isBorne: Bool
  }
}

// What it can tell.
extension OutcomeRow {
  /// A side that cuts, in the words of a table.
  public struct Cut: Sendable {
    /// The side.
    public let direction: PolicyDirection
    /// Whose policies decide there.
    public let subject: End
    /// What is missing: `no rule`, `peer` or `port`.
    public let cause: String
    /// The rule that comes nearest; nil where there is none.
    public let nearest: Citation?
    /// The policies that isolate.
    public let isolators: [Citation]
  }

  /// The sides that cut, what the client asks for first.
  public var cuts: [Cut] {
    outcome.ruling.verdict.denials.map { direction, denial in
      Cut(
        direction: direction,
        subject: direction == .egress ? outcome.edge.client : outcome.edge.server,
        cause: denial.cause.rawValue, nearest: denial.nearest, isolators: Array(denial.isolatedBy))
    }
  }

  /// Who decided that it may be cut; nil where nobody did.
  public var decided: String? {
    guard outcome.isBorne else { return nil }
    return "cut, as \(outcome.edge.decision?.owner ?? "somebody") decided"
  }

  /// The rules that let it through, those of the client's side first.
  public var passages: [Citation] { outcome.ruling.verdict.passages }
}
