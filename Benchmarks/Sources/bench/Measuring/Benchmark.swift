import Console

/// Something that is measured: what its sides read, who they are, and what must hold.
///
/// Everything large is made, and every side is run, in a process of its own: a process that starts another lends it
/// its own peak of memory.
protocol Benchmark: SendableMetatype {
  /// The word that calls it.
  static var name: String { get }
  /// One line: what is measured, no full stop.
  static var summary: String { get }
  /// The sizes that are measured when none is asked for.
  static var sizes: [Int] { get }
  /// A size that takes no time, for the answers alone.
  static var tinySize: Int { get }
  /// A size in words.
  static func words(for size: Int) -> String
  /// Makes what the sides read, and tells the right answer.
  static func make(_ size: Int, in folder: String) throws -> String
  /// Who is measured; the first is what the others are compared with.
  static func sides(_ size: Int, in folder: String) throws -> [Side]
  /// What must hold of a side.
  static func bars(of side: String, _ size: Int) -> [Bar]
  /// How often every side runs when nobody says.
  static var rounds: Int { get }
  /// Does what one of the sides of this program does.
  static func run(_ side: String, _ size: Int, in folder: String) throws -> Outcome
}

extension Benchmark {
  /// Enough for a least and a middle.
  static var rounds: Int { 5 }
}

/// One of those who do the same thing.
struct Side: Sendable {
  /// Its name.
  let name: String
  /// How it is run.
  let runner: Runner

  /// How a side is run.
  enum Runner: Sendable {
    /// By this program, which tells the answer and the time itself.
    case here
    /// By another program that tells both the same way.
    case reference(ChildProcess)
    /// By another program that tells the time, and of the answer only what stands before the first comma.
    case rough(ChildProcess)
    /// By a program that knows nothing of benchmarks: another side of this program looks at what it left behind, and
    /// its time is all of it.
    ///
    /// Where there is a limit, it is ended after so many seconds on a processor.
    case whole(ChildProcess, checkedBy: String, limit: Int? = nil)
  }

  init(_ name: String, _ runner: Runner) {
    self.name = name
    self.runner = runner
  }
}

/// What a side tells when it is done.
struct Outcome: Hashable, Sendable {
  /// The answer, which must be right.
  let answer: String
  /// The seconds on a processor that count; nil where all of the process's do.
  let cpu: Double?
  /// The most memory held until the work was done, in KiB; nil where all that the process held counts.
  let peakKiB: Int?

  init(answer: String, cpu: Double? = nil, peakKiB: Int? = nil) {
    self.answer = answer
    self.cpu = cpu
    self.peakKiB = peakKiB
  }

  /// Does the work, takes its measure, and only then looks what the answer is.
  init<Value>(of work: () throws -> Value, answer: (Value) throws -> String) rethrows {
    let start = Usage.own.cpu
    let value = try work()
    let end = Usage.own
    self.init(answer: try answer(value), cpu: end.cpu - start, peakKiB: end.peakKiB)
  }

  /// What a process printed: `answer TEXT`, and if it measured itself `cpu SECONDS` and `peak KIB`.
  init?(_ text: String) {
    let lines = text.split(separator: "\n")
    func rest(of word: String) -> String? {
      lines.first { $0.hasPrefix(word + " ") }.map { String($0.dropFirst(word.count + 1)) }
    }
    guard let answer = rest(of: "answer") else { return nil }
    self.init(
      answer: answer, cpu: rest(of: "cpu").flatMap { Double($0) },
      peakKiB: rest(of: "peak").flatMap { Int($0) })
  }

  /// The same, to be printed.
  var text: String {
    let measures = [cpu.map { "cpu \($0)\n" }, peakKiB.map { "peak \($0)\n" }]
    return "answer \(answer)\n" + measures.compactMap(\.self).joined()
  }
}
