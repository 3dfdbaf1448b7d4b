import Console
import FlowStore
import Support
import Traffic

/// What the benchmarks about stores have in common.
enum StoreWork {
  /// Rows of the store that a bar is about.
  static let size = 1_000_000
  static let tinySize = 1_000

  static func words(for size: Int) -> String { size.counted("row") }

  /// A store that holds nothing yet.
  static func newStore(at path: String) throws -> Store {
    for ending in ["", "-wal"] { try FileBytes.write([], to: path + ending) }
    return try Store(at: path, for: .writing)
  }

  /// Adds the rows of every hour, each in a flush of its own, and tells the seconds that it took.
  static func record(_ hours: [[Fact]], in store: inout Store) throws -> Double {
    let batches = hours.map { Batch(facts: $0) }
    let start = Usage.own.cpu
    for batch in batches { try store.record(batch) }
    return Usage.own.cpu - start
  }

  /// All that a store keeps of a world, in which nothing was lost.
  static func kept(in store: borrowing Store) throws -> KeptFacts {
    KeptFacts(
      conversations: try store.conversations(), names: try store.dnsFacts(), losses: [], gaps: [], passed: [:]
    )
  }

  /// The program in C, with these words.
  static func reference(_ words: [String], in folder: String) throws -> ChildProcess {
    ChildProcess(
      program: try Reference.build("rows", linking: ["sqlite3"], in: folder), arguments: words)
  }
}
