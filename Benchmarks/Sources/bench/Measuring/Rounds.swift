import Console

/// Runs the sides of a benchmark in turn, round after round, so that what else the machine does meets all alike.
struct Rounds {
  private let benchmark: any Benchmark.Type
  private let size: Int
  private let folder: String
  private let answer: String
  /// Who is run.
  let sides: [Side]

  /// Makes the world that the sides need.
  init(_ benchmark: any Benchmark.Type, _ size: Int) throws {
    self.benchmark = benchmark
    self.size = size
    folder = "\(Checkout.scratch)/\(benchmark.name)-\(size)"
    try WorkFolder.make(folder)
    let making = ChildProcess(
      program: CommandLine.arguments[0], arguments: ["make", benchmark.name, "\(size)", folder])
    let end = try making.run(in: folder)
    guard end.isDone, let made = Outcome(end.output) else {
      throw Self.failure("the world of `\(benchmark.name)` can't be made", end)
    }
    answer = made.answer
    sides = try benchmark.sides(size, in: folder)
  }

  /// One run of every side; a wrong answer is an error, and its time is never seen.
  func run(_ round: Int) throws -> [Trial] {
    try sides.map { side in
      let (outcome, usage) = try run(side)
      guard let outcome else {
        return Trial(
          size: size, side: side.name, round: round, answer: nil, cpu: usage.cpu, process: usage.cpu,
          peakKiB: usage.peakKiB)
      }
      let right = if case .rough = side.runner { String(answer.prefix { $0 != "," }) } else { answer }
      guard outcome.answer == right else {
        throw Complaint(
          "`\(side.name)` answers `\(benchmark.name)` of \(benchmark.words(for: size)) wrongly",
          detail: ["right: \(right)", "given: \(outcome.answer)"], hint: "its world lies in `\(folder)`",
          exitCode: .difference)
      }
      return Trial(
        size: size, side: side.name, round: round, answer: outcome.answer, cpu: outcome.cpu ?? usage.cpu,
        process: usage.cpu, peakKiB: outcome.peakKiB ?? usage.peakKiB)
    }
  }

  /// What a side tells; nothing where its time was over.
  private func run(_ side: Side) throws -> (Outcome?, Usage) {
    switch side.runner {
    case .here: return try told(here(side.name), side)
    case .reference(let child), .rough(let child): return try told(child, side)
    case .whole(let child, let other, let limit):
      let end = try child.limited(to: limit).run(in: folder)
      if let limit, end.isOutOfTime(limit) { return (nil, end.usage) }
      guard end.isDone else { throw Self.failure("`\(side.name)` failed", end) }
      return (Outcome(answer: try told(here(other), side).0.answer), end.usage)
    }
  }

  private func here(_ side: String) -> ChildProcess {
    ChildProcess(
      program: CommandLine.arguments[0], arguments: ["side", benchmark.name, side, "\(size)", folder])
  }

  private func told(_ child: ChildProcess, _ side: Side) throws -> (Outcome, Usage) {
    let end = try child.run(in: folder)
    guard end.isDone, let outcome = Outcome(end.output) else {
      throw Self.failure("`\(side.name)` failed", end)
    }
    return (outcome, end.usage)
  }

  private static func failure(_ words: String, _ end: ChildProcess.End) -> Complaint {
    let said = (end.output + end.talk).split(separator: "\n").map(String.init)
    return Complaint(words, detail: Array(said.suffix(10)), exitCode: .machine)
  }
}
