import Console
import Generator
import Kubernetes
import Review
import Traffic

/// The edges as a table for people.
enum EdgeTableView {
  /// The table; the wide form adds addresses, what was dialled, how it is known who asked, and when.
  ///
  /// Of many names of one address people see the first few, and scripts all. The addresses of one name share a line for
  /// people; scripts get each, and what an end's address is where it is no workload.
  static func table(_ edges: [Edge], isWide: Bool, isForScripts: Bool = false) -> Table<EdgeRow> {
    var columns: [Column<EdgeRow>] = [
      Column("CLIENT") { $0.client }, Column("SERVER") { isForScripts ? $0.server : $0.shortServer },
      Column("PORT") { $0.port },
      Column("TIER") { $0.tier.name }, Column("SEEN", .right, key: "conversations") { "\($0.conversations)" },
      Column("BIN", style: { style($0.bin) }) { $0.bin.title },
    ]
    if isWide {
      columns += [
        Column("FROM", key: "client_addresses") { list($0) { $0.evidence.clientAddresses.sorted() } },
        Column("AT", key: "server_addresses") { list($0) { $0.evidence.serverAddresses.sorted() } },
        Column("DIALLED") { list($0) { $0.evidence.dialled.sorted() } },
        Column("DIRECTION") { directions($0) },
        Column("FIRST") { "\($0.edges.map(\.evidence.first).min() ?? .distantPast)" },
        Column("LAST") { "\($0.edges.map(\.evidence.lastSeen).max() ?? .distantPast)" },
      ]
    }
    columns.append(Column("", key: "remark") { $0.remark })
    guard isForScripts else { return Table(EdgeRow.rows(edges), columns: columns) }
    columns += [
      Column("", key: "client_address") { $0.edges[0].client.address?.description ?? "" },
      Column("", key: "server_address") { $0.edges[0].server.address?.description ?? "" },
    ]
    return Table(EdgeRow.each(of: edges), columns: columns)
  }

  private static func list<Value: Hashable & Comparable & CustomStringConvertible>(
    _ row: EdgeRow, _ values: (Edge) -> [Value]
  ) -> String {
    Set(row.edges.flatMap(values)).sorted().map(\.description).joined(separator: " ")
  }

  /// How it is known which end asked, the surest way first.
  private static func directions(_ row: EdgeRow) -> String {
    let known = Set(row.edges.flatMap(\.evidence.directions))
    return Direction.allCases.filter(known.contains).map(\.name).joined(separator: " ")
  }

  private static func style(_ bin: Bin) -> Style? {
    switch bin {
    case .learned: .done
    case .baseline, .outOfScope: nil
    case .quarantined: .error
    case .unattributed: .warning
    }
  }
}
