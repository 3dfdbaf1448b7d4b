public import Generator
public import Kubernetes

/// A decision as somebody wrote it: one entry of a review file, however many ports it has.
public struct WrittenDecision: Sendable {
  /// Where it stands; nil where nobody can tell.
  public let origin: Origin?
  /// The edges that it is about, of those that were asked for.
  public let edges: [EdgeName]

  /// The decisions about these edges, by where they stand.
  public static func about(_ edges: [EdgeName], at places: [EdgeName: Origin]) -> [WrittenDecision] {
    var found: [Origin: [EdgeName]] = [:]
    var homeless: [WrittenDecision] = []
    for edge in edges.sorted() {
      if let place = places[edge] {
        found[place, default: []].append(edge)
      } else {
        homeless.append(WrittenDecision(origin: nil, edges: [edge]))
      }
    }
    return found.sorted { $0.key < $1.key }.map { WrittenDecision(origin: $0.key, edges: $0.value) }
      + homeless
  }
}

extension WrittenDecision: CustomStringConvertible {
  /// Both ends, the ports and the protocol.
  public var description: String {
    guard let first = edges.first else { return "" }
    return "\(first.client) → \(first.server) \(PortList.fewWords(edges.map(\.port)))/\(first.transport)"
  }
}
