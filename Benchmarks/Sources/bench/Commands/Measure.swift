import Console

/// Measures one benchmark.
struct Measure<Measured: Benchmark>: Command {
  var talk = Talk()
  var sizes: [Int] = []
  var rounds = Measured.rounds
  var isKept = false

  static var name: String { Measured.name }
  static var summary: String { "measures " + Measured.summary }
  static var options: [Option<Measure>] {
    [
      .values(
        "--size", value: "COUNT", to: \.sizes, "how large the world is",
        otherwise: Measured.sizes.map(String.init).joined(separator: " and ")),
      .value("--rounds", value: "COUNT", to: \.rounds, "how often every side runs, in turn"),
      .flag(
        "--keep", to: \.isKept, "puts every run into Benchmarks/results, in the place of those kept before"),
    ]
  }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    let sizes = sizes.isEmpty ? Measured.sizes : sizes
    guard rounds > 0, sizes.allSatisfy({ $0 > 0 }) else {
      throw Complaint("rounds and sizes are counted from 1", exitCode: .usage)
    }
    try WorkFolder.make(Checkout.scratch)
    let setting = try Setting(in: Checkout.scratch)
    var trials: [Trial] = []
    for size in sizes {
      let all = try Rounds(Measured.self, size)
      for round in 1...rounds {
        terminal.progress("\(Measured.words(for: size)): round \(round) of \(rounds)")
        trials += try all.run(round)
      }
    }
    let comparison = Comparison(Measured.self, trials)
    terminal.print(comparison.table)
    terminal.write(comparison.answers)
    if isKept { try Results(setting, trials).keep(as: Measured.name) }
    return .done
  }
}
