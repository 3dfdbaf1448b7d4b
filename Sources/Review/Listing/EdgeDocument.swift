public import Documents
public import Generator
import Kubernetes
import Traffic

/// How an edge is written as JSON: one object, with the names that scripts rely on.
public enum EdgeDocument {
  /// What every reader gets.
  public static func brief(_ edge: Edge) -> Node {
    Node(.mapping(members(edge)))
  }

  /// The same, with the addresses, what was dialled, the names that were asked for, and how the direction is known.
  public static func wide(_ edge: Edge) -> Node {
    let evidence = edge.evidence
    func list(_ texts: [String]) -> Node { .sequence(texts.map { .string($0) }) }
    return Node(
      .mapping(
        members(edge) + [
          Node.Member("clientAddresses", list(evidence.clientAddresses.sorted().map(\.description))),
          Node.Member("serverAddresses", list(evidence.serverAddresses.sorted().map(\.description))),
          Node.Member("dialled", list(evidence.dialled.sorted().map(\.description))),
          Node.Member("names", list(evidence.names)),
          Node.Member("direction", list(evidence.directions.map(\.name).sorted())),
          Node.Member("remarks", list(edge.remarks.map(\.rawValue))),
        ]))
  }

  /// The members that every reader gets, for documents that add to them.
  static func members(_ edge: Edge) -> [Node.Member] {
    [
      Node.Member("client", end(edge.client, names: [])),
      Node.Member("server", end(edge.server, names: edge.evidence.names)),
      Node.Member("port", .integer(edge.port)),
      Node.Member("protocol", .string(edge.transport.name)),
      Node.Member("tier", .string(edge.tier.name)),
      Node.Member("bin", .string(edge.bin.rawValue)),
      Node.Member("reason", edge.reason.map { .string($0) } ?? .null),
      Node.Member("conversations", .integer(edge.evidence.conversations)),
      Node.Member("firstSeen", .string(edge.evidence.first.description)),
      Node.Member("lastSeen", .string(edge.evidence.lastSeen.description)),
    ]
  }

  /// One end, with the names that its address was asked for.
  static func end(_ end: End, names: [String] = []) -> Node {
    if case .workload(let id) = end {
      return .mapping([
        "kind": .string(end.kind), "namespace": .string(id.namespace), "workload": .string(id.name),
        "workloadKind": .string(id.kind),
      ])
    }
    var members = [Node.Member("kind", .string(end.kind))]
    if let address = end.address { members.append(Node.Member("address", .string(address.description))) }
    switch end {
    case .service(let name, _), .node(let name, _): members.append(Node.Member("name", .string(name)))
    default:
      if !names.isEmpty { members.append(Node.Member("name", .string(names.joined(separator: " ")))) }
    }
    return Node(.mapping(members))
  }
}
