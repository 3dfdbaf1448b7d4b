import Console

/// Makes a world, in a process of its own.
struct Make: Command {
  var talk = Talk()
  var benchmark: String?
  var size: Int?
  var folder: String?

  static let name = "make"
  static let summary = "makes what the sides of a benchmark read; the other commands call it"
  static var options: [Option<Make>] { [] }
  static var arguments: [Argument<Make>] {
    [
      .one("BENCHMARK", to: \.benchmark, "its name"), .one("SIZE", to: \.size, "how large"),
      .one("FOLDER", to: \.folder, "where to"),
    ]
  }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    let answer = try AllBenchmarks.named(benchmark).make(size ?? 1, in: folder ?? ".")
    terminal.write(Outcome(answer: answer).text)
    return .done
  }
}
