import Console

/// Holds the benchmarks to their answers, in a size that takes no time, and the document to what was kept.
struct Check: Command {
  var talk = Talk()

  static let name = "check"
  static let summary = "every side of every benchmark once, in a tiny size: are the answers right"
  static let detail = ["No time is printed: so small a world says nothing about it."]
  static var options: [Option<Check>] { [] }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    for benchmark in AllBenchmarks.list {
      let rounds = try Rounds(benchmark, benchmark.tinySize)
      _ = try rounds.run(1)
      let sides = rounds.sides.map(\.name).joined(separator: ", ")
      terminal.say("right", "\(benchmark.name) of \(benchmark.words(for: benchmark.tinySize)): \(sides)")
    }
    return try document(on: &terminal)
  }

  /// Whether the document shows the tables that were kept, and no others.
  private func document(on terminal: inout Terminal) throws -> ExitCode {
    let page = try PerformancePage()
    var code = ExitCode.done
    for benchmark in AllBenchmarks.list {
      guard let table = try Show.table(of: benchmark), !page.shows(table) else { continue }
      terminal.warn(
        "docs/performance.md does not show what was kept of `\(benchmark.name)`",
        hint: "Benchmarks/.build/release/bench show --document")
      code = .difference
    }
    return code
  }
}
