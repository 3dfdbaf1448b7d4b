import FlowStore
import Traffic

/// What it costs to read the facts of a store.
enum StoreReading: Benchmark {
  static let name = "store-read"
  static let summary = "a day of a cluster out of a store, beside SQLite's steps over the same rows in C"
  static let sizes = [StoreWork.size]
  static let tinySize = StoreWork.tinySize

  private static let (bare, walk, whole) = ("a scan in C", "Store.walkFacts", "Store.facts")

  static func words(for size: Int) -> String { StoreWork.words(for: size) }

  static func make(_ size: Int, in folder: String) throws -> String {
    let world = StoreWorld(rows: size)
    var store = try StoreWork.newStore(at: file(folder))
    _ = try StoreWork.record(world.hours.map(\.first), in: &store)
    return StoreAnswer(world.whole.first).text
  }

  static func sides(_ size: Int, in folder: String) throws -> [Side] {
    [
      Side(bare, .rough(try StoreWork.reference(["scan", file(folder)], in: folder))), Side(walk, .here),
      Side(whole, .here),
    ]
  }

  static func bars(of side: String, _ size: Int) -> [Bar] { side == walk ? [.memory(64)] : [] }

  static func run(_ side: String, _ size: Int, in folder: String) throws -> Outcome {
    let store = try Store(at: file(folder), for: .reading)
    guard side == walk else {
      return try Outcome(of: { try store.facts() }, answer: { StoreAnswer($0).text })
    }
    return try Outcome(
      of: {
        var answer = StoreAnswer()
        try store.walkFacts { answer.add($0) }
        return answer
      }, answer: \.text)
  }

  private static func file(_ folder: String) -> String { "\(folder)/store.db" }
}
