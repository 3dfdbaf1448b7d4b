public import Generator
public import Traffic

/// One line of the table of edges: an edge, the edges to the several addresses of one name, or of what becomes no rule
/// those between the same ends that differ in nothing but their ports, as in a scan.
public struct EdgeRow: Sendable {
  /// The edges behind the line; they differ in nothing but the address outside the cluster or the port.
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
  /// `8080/TCP`; of several ports the first, and how many more there are.
  public var port: String { "\(PortList.fewWords(edges.map(\.port)))/\(edges[0].transport)" }
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

  /// A line for each edge by itself, in the order of the bins and then of the edges.
  public static func each(of edges: [Edge]) -> [EdgeRow] {
    edges.sorted(by: precedes).map { EdgeRow(edges: [$0]) }
  }

  /// The lines of a table, in the order of the bins and then of the edges.
  public static func rows(_ edges: [Edge]) -> [EdgeRow] {
    var rows: [EdgeRow] = []
    var places: [Fold: Int] = [:]
    for edge in edges.sorted(by: precedes) {
      let fold = Fold(edge)
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

  /// What makes two edges one line.
  private struct Fold: Hashable {
    let client: End
    /// Nil where names stand for the address.
    let server: End?
    let names: [String]
    /// Nil where ports share a line: what becomes a rule has a line for each, since rules are for ports.
    let port: UInt16?
    let tier: Tier?
    let transport: Transport
    let nature: Edge.Nature
    let bin: Bin
    let reason: String?
    let remarks: [Remark]

    init(_ edge: Edge) {
      let isOutside = if case .external = edge.server { true } else { false }
      let isCalled = isOutside && !edge.evidence.names.isEmpty
      client = edge.client
      server = isCalled ? nil : edge.server
      names = isCalled ? edge.evidence.names : []
      port = edge.bin.isNeeded ? edge.port : nil
      tier = edge.bin.isNeeded ? nil : edge.tier
      transport = edge.transport
      nature = edge.key.nature
      bin = edge.bin
      reason = edge.reason
      remarks = edge.remarks
    }
  }
}
