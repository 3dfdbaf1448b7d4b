public import Generator
import Kubernetes
import Traffic

/// What policies say of an edge.
public struct Outcome: Sendable {
  /// The edge.
  public let edge: Edge
  /// What they say.
  public let ruling: Ruling

  /// Whether all of it passes.
  public var isAllowed: Bool { ruling.isAllowed }

  /// Whether it is needed, and would be cut.
  public var isLoss: Bool { edge.bin.isNeeded && !isAllowed }

  /// Whether it is cut though needed, and somebody decided to bear that.
  public var isBorne: Bool { isLoss && edge.overruled == nil && edge.decision?.answer == .accept }

  /// Whether it is kept out of the rules, and would pass all the same, if only for some.
  public var isOpening: Bool { edge.bin == .quarantined && ruling.passing > 0 }

  /// What policies say of an edge; nil where nobody knows what one of its ends looks like.
  init?(_ edge: Edge, _ hearing: Hearing, note: (Hearing.Meeting) -> Void = { _ in }) {
    let ruling = Ruling(
      hearing, from: edge.client, to: edge.server, edge.port, edge.transport, in: [edge], note: note)
    guard let ruling else { return nil }
    self.edge = edge
    self.ruling = ruling
  }
}
