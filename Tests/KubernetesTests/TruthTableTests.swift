import Kubernetes
import TestSupport
import Testing
import Traffic

/// The truth tables of Kubernetes' own end-to-end tests, of the network policy recipes and of Cyclonus.
@Suite struct TruthTableTests {
  /// The tables are dealt out to so many cases, which run beside each other.
  static let hands = 8
  static let tables = Result { try TruthTable.all() }

  @Test("there are 336 tables with 111,488 judged rows, and one table has none")
  func counts() throws {
    let tables = try Self.tables.get()
    let suites = Dictionary(grouping: tables) { $0.name.prefix { $0 != "/" } }
    #expect(suites.mapValues(\.count) == ["e2e": 65, "recipes": 15, "cyclonus": 256])
    // All that this recipe asks about is ports that its pods do not serve, so its suite could try nothing.
    #expect(tables.filter { $0.rows == nil }.map(\.name) == ["recipes/13"])
    let rows = tables.flatMap { $0.rows ?? [] }
    #expect(rows.count == 125_533)
    #expect(rows.filter { !$0.isLoopback }.count == 111_488)
    #expect(rows.allSatisfy { $0.isLoopback == ($0.source == $0.destination) })
  }

  @Test("every row is answered as the tables have it, with reasons that hold", arguments: 0..<hands)
  func rows(hand: Int) throws {
    let tables = try Self.tables.get()
    for (index, table) in tables.enumerated() where index % Self.hands == hand {
      let world = try World(table.objects)
      let faults = try (table.rows ?? []).compactMap { try Self.fault(of: $0, in: world) }
      if !faults.isEmpty {
        Issue.record("\(table.name): \(faults.count) rows are wrong, first \(faults.prefix(3))")
      }
    }
  }

  private static func fault(of row: TruthTable.Row, in world: World) throws -> String? {
    let question = Question(
      source: try #require(world.ends[row.source]), destination: try #require(world.ends[row.destination]),
      port: row.port, transport: row.transport)
    let verdict = question.verdict(in: world)
    if let fault = question.fault(of: verdict, in: world) { return "\(question): \(fault)" }
    if row.isLoopback { return nil }
    let isAllowed = world.set.allows(
      from: question.source.standing, to: question.destination.standing, port: row.port,
      transport: row.transport)
    let isRight =
      verdict.isAllowed == row.isAllowed && isAllowed == row.isAllowed
      && (row.egress ?? verdict.egress.isAllowed) == verdict.egress.isAllowed
      && (row.ingress ?? verdict.ingress.isAllowed) == verdict.ingress.isAllowed
    return isRight ? nil : "\(question): \(verdict), expected \(row)"
  }
}
