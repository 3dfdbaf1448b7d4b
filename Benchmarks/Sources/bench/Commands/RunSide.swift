import Console

/// Runs one side once, in a process of its own.
struct RunSide: Command {
  var talk = Talk()
  var benchmark: String?
  var side: String?
  var size: Int?
  var folder: String?

  static let name = "side"
  static let summary = "runs one side once; the other commands call it"
  static var options: [Option<RunSide>] { [] }
  static var arguments: [Argument<RunSide>] {
    [
      .one("BENCHMARK", to: \.benchmark, "its name"), .one("SIDE", to: \.side, "who"),
      .one("SIZE", to: \.size, "how large"), .one("FOLDER", to: \.folder, "where the world lies"),
    ]
  }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    let outcome = try AllBenchmarks.named(benchmark).run(side ?? "", size ?? 1, in: folder ?? ".")
    terminal.write(outcome.text)
    return .done
  }
}
