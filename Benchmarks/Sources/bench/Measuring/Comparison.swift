import Console

/// The trials of a benchmark, side by side.
struct Comparison {
  /// A side at one size.
  struct Row: Sendable {
    let size: Int
    let side: String
    let cpu: [Double]
    let process: Double
    let peakKiB: Int
    /// The right answer; nil where the side was ended before it had one.
    let answer: String?

    /// The least seconds of all rounds: what else the machine did can only add to it.
    var least: Double { cpu.min() ?? .infinity }

    /// The seconds in the middle of all rounds.
    var median: Double {
      let sorted = cpu.sorted()
      guard let last = sorted.last else { return .infinity }
      let middle = sorted.count / 2
      return sorted.count.isMultiple(of: 2)
        ? (sorted[middle - 1] + sorted[middle]) / 2 : min(sorted[middle], last)
    }

    /// The most memory of all rounds, in million bytes.
    var peakMB: Double { Double(peakKiB) * 1024 / 1_000_000 }
  }

  private let benchmark: any Benchmark.Type
  /// The sides of every size, in the order in which they were run.
  let rows: [Row]

  init(_ benchmark: any Benchmark.Type, _ trials: [Trial]) {
    self.benchmark = benchmark
    var groups: [[Trial]] = []
    for trial in trials {
      if let place = groups.firstIndex(where: { $0[0].size == trial.size && $0[0].side == trial.side }) {
        groups[place].append(trial)
      } else {
        groups.append([trial])
      }
    }
    rows = groups.map { group in
      Row(
        size: group[0].size, side: group[0].side, cpu: group.map(\.cpu),
        process: group.map(\.process).min() ?? .infinity, peakKiB: group.map(\.peakKiB).max() ?? 0,
        answer: group[0].answer)
    }
  }

  /// The table that people read.
  var table: Table<Row> {
    func first(of row: Row) -> Row { rows.first { $0.size == row.size } ?? row }
    return Table(
      rows,
      columns: [
        Column("WORLD") { benchmark.words(for: $0.size) },
        Column("SIDE") { $0.side },
        Column("CPU S", .right) { ($0.answer == nil ? "over " : "") + decimals($0.least, 3) },
        Column("MEDIAN", .right) { $0.cpu.count > 2 ? decimals($0.median, 3) : "" },
        Column("RATIO", .right) { decimals($0.least / first(of: $0).least, 2) },
        Column("PROCESS S", .right) { decimals($0.process, 3) },
        Column("PEAK MB", .right) { decimals($0.peakMB, 1) },
        Column("BAR") { row in
          benchmark.bars(of: row.side, row.size).map { bar in
            bar.words + (bar.holds(row, first(of: row)) ? "" : " (missed)")
          }.joined(separator: ", ")
        },
      ])
  }

  /// Below the table: what all sides of a size answered.
  var answers: String {
    var lines: [String] = []
    for row in rows {
      guard let answer = row.answer else { continue }
      let line = "\(benchmark.words(for: row.size)): \(answer)\n"
      // A side that knows only the beginning of the answer says nothing new.
      lines.removeAll { line.hasPrefix($0.dropLast()) }
      if !lines.contains(where: { $0.hasPrefix(line.dropLast()) }) { lines.append(line) }
    }
    return lines.joined()
  }
}
