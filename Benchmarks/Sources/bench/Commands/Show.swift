import Console

/// Prints what was kept.
struct Show: Command {
  var talk = Talk()
  var isForDocument = false

  static let name = "show"
  static let summary = "the tables of what was measured last and kept"
  static var options: [Option<Show>] {
    [
      .flag(
        "--document", to: \.isForDocument,
        "puts them into docs/performance.md, in the place of those that it shows")
    ]
  }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    var document = isForDocument ? try PerformancePage() : nil
    for benchmark in AllBenchmarks.list {
      guard let table = try Self.table(of: benchmark) else { continue }
      if document == nil { terminal.write(table + "\n") }
      try document?.show(table, of: benchmark.name)
    }
    try document?.write()
    return .done
  }

  /// What is said of one benchmark; nil where nothing was kept.
  static func table(of benchmark: any Benchmark.Type) throws -> String? {
    guard let results = try Results(of: benchmark.name) else { return nil }
    let facts = results.setting.facts.map { "\($0.name) \($0.text)" }.joined(separator: "\n")
    let comparison = Comparison(benchmark, results.trials)
    return
      "\(benchmark.name): \(benchmark.summary)\n\(facts)\n\n\(comparison.table.text())\(comparison.answers)"
  }
}
