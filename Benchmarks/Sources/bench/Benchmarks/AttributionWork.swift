import FlowStore
import Generator
import Kubernetes
import Traffic

/// From the rows of a store to edges: whose every address was, and what became of it.
enum AttributionWork: Benchmark {
  static let name = "attribution"
  static let summary =
    "from the rows of a store to edges, each attributed and in its bin, beside SQLite's steps in C"
  static let sizes = [StoreWork.size]
  static let tinySize = 20_000

  private static let (bare, edges) = ("a scan in C", "Learned")

  static func words(for size: Int) -> String { "\(StoreWork.words(for: size)) of a day" }

  /// The answer comes from how the facts were made: no address is looked up for it.
  static func make(_ size: Int, in folder: String) throws -> String {
    let day = BusyDay(facts: size)
    var store = try StoreWork.newStore(at: file(folder))
    let hours = day.conversations
    _ = try StoreWork.record(hours, in: &store)
    return answer(hours.joined().lazy.map(\.conversations), day.answer)
  }

  static func sides(_ size: Int, in folder: String) throws -> [Side] {
    [
      Side(bare, .rough(try StoreWork.reference(["scan", file(folder)], in: folder))), Side(edges, .here),
    ]
  }

  static func bars(of side: String, _ size: Int) -> [Bar] {
    side == edges ? [.ratio(1.5, beyond: 0.3), .memory(300)] : []
  }

  /// The reading of the cluster doesn't count; the inventory's roster and directory do.
  static func run(_ side: String, _ size: Int, in folder: String) throws -> Outcome {
    let inventory = Inventory(try ClusterReading(Array(BusyDay(facts: size).objects.utf8)).objects)
    let store = try Store(at: file(folder), for: .reading)
    return try Outcome(
      of: {
        let kept = try StoreWork.kept(in: store)
        return (kept, Learned(kept, inventory, Options()))
      },
      answer: { kept, learned in
        answer(
          kept.conversations.portions.joined().lazy.map(\.conversations), BusyDay.answer(learned.everyEdge))
      })
  }

  private static func answer(_ counts: some Sequence<UInt64>, _ edges: String) -> String {
    var (rows, sum) = (0, UInt64(0))
    for count in counts { (rows, sum) = (rows + 1, sum + count) }
    return "\(rows) rows of \(sum) conversations, \(edges)"
  }

  private static func file(_ folder: String) -> String { "\(folder)/store.db" }
}
