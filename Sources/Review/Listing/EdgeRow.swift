public import Generator
public import Traffic

/// One line of the table of edges: an edge, or the edges to the several addresses of one name.
public struct EdgeRow: Sendable {
  /// The edges behind the line; they differ in nothing but the address outside the cluster.
  public private(set) var edges: [Edge]

  /// The end that asks, as people call it.
  public var client: String { edges[0].client.description }
  /// The end that is asked; a name that stands for several addresses stands for them here too.
  public var server: String {
    let names = edges[0].evidence.names
    return names.isEmpty ? edges[0].server.description : names.joined(separator: " ")
  }
  /// The same with no more than three names, and how many more there are: those of a content network are thousands.
  public var shortServer: String {
    let names = edges[0].evidence.names
    let rest = names.count - Self.shownNames
    guard rest > 0 else { return server }
    return names.prefix(Self.shownNames).joined(separator: " ") + " and \(rest) more"
  }
  /// `8080/TCP`.
  public var port: String { "\(edges[0].port)/\(edges[0].transport)" }
  /// How far it came at best.
  public var tier: Tier { edges.map(\.tier).max() ?? .attempted }
  /// How many conversations.
  public var conversations: UInt64 { edges.map(\.evidence.conversations).saturatingSum }
  /// What became of it.
  public var bin: Bin { edges[0].bin }
  /// Why, and what a reviewer should know.
  public var remark: String {
    let own = edges[0].reason.map { [$0] } ?? []
    return (own + edges[0].remarks.map(\.rawValue)).joined(separator: "; ")
  }

  /// The lines of a table, in the order of the bins and then of the edges.
  public static func rows(_ edges: [Edge]) -> [EdgeRow] {
    var rows: [EdgeRow] = []
    var places: [Fold: Int] = [:]
    for edge in edges.sorted(by: precedes) {
      guard let fold = Fold(edge) else {
        rows.append(EdgeRow(edges: [edge]))
        continue
      }
      if let place = places[fold] {
        rows[place].edges.append(edge)
      } else {
        places[fold] = rows.count
        rows.append(EdgeRow(edges: [edge]))
      }
    }
    return rows
  }

  /// By bin, in the order of the bins, and then by ends, port and transport.
  static func precedes(_ one: Edge, _ other: Edge) -> Bool {
    let mine = Bin.allCases.firstIndex(of: one.bin) ?? 0
    let theirs = Bin.allCases.firstIndex(of: other.bin) ?? 0
    return mine == theirs ? one.key < other.key : mine < theirs
  }

  private static let shownNames = 3

  /// What makes two edges one line: everything but the address that the name stood for.
  private struct Fold: Hashable {
    let client: End
    let names: [String]
    let port: UInt16
    let transport: Transport
    let bin: Bin
    let reason: String?
    let remarks: [Remark]

    init?(_ edge: Edge) {
      guard case .external = edge.server, !edge.evidence.names.isEmpty else { return nil }
      client = edge.client
      names = edge.evidence.names
      port = edge.port
      transport = edge.transport
      bin = edge.bin
      reason = edge.reason
      remarks = edge.remarks
    }
  }
}
