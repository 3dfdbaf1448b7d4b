import Documents

/// One run of one side.
struct Trial: Hashable, Sendable {
  /// The size of the world.
  let size: Int
  /// The side's name.
  let side: String
  /// The round, counted from 1.
  let round: Int
  /// What it answered, which is right; nil where its time was over.
  let answer: String?
  /// The seconds on a processor that count.
  let cpu: Double
  /// Those of the whole process, its start and its reading of files included.
  let process: Double
  /// The most memory that the process held, in KiB.
  let peakKiB: Int
}

extension Trial {
  /// The trial, to be kept.
  var node: Node {
    .mapping([
      "size": .integer(size), "side": .string(side), "round": .integer(round),
      "answer": answer.map { .string($0) } ?? .null, "cpu": Node(.number(decimals(cpu, 6))),
      "process": Node(.number(decimals(process, 6))),
      "peakKiB": .integer(peakKiB),
    ])
  }

  /// A trial that was kept.
  init?(_ node: Node) {
    guard let size = node["size"]?.integer, let side = node["side"]?.string,
      let round = node["round"]?.integer,
      let cpu = node["cpu"]?.seconds, let process = node["process"]?.seconds,
      let peakKiB = node["peakKiB"]?.integer
    else { return nil }
    self.init(
      size: size, side: side, round: round, answer: node["answer"]?.string, cpu: cpu, process: process,
      peakKiB: peakKiB)
  }
}

extension Node {
  fileprivate var seconds: Double? {
    if case .number(let text) = value { Double(text) } else { nil }
  }
}
