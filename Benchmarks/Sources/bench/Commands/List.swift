import Console

/// Says what is measured.
struct List: Command {
  var talk = Talk()

  static let name = "list"
  static let summary = "what is measured"
  static var options: [Option<List>] { [] }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    terminal.print(
      Table(
        AllBenchmarks.list,
        columns: [
          Column("BENCHMARK") { $0.name },
          Column("WORLD") { benchmark in benchmark.sizes.map(benchmark.words).joined(separator: "; ") },
          Column("WHAT") { $0.summary },
        ]))
    return .done
  }
}
