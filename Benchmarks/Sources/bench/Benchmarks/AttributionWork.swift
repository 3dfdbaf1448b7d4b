import Console
import Generator
import Kubernetes
import Traffic

/// From facts in memory to edges: whose every address was, and what became of it.
enum AttributionWork: Benchmark {
  static let name = "attribution"
  static let summary = "from facts in memory to edges, each attributed and in its bin"
  static let sizes = [1_000_000]
  static let tinySize = 20_000

  private static let edges = "Learned"

  static func words(for size: Int) -> String { "\(size.counted("fact")) of a day" }

  /// The answer comes from how the facts were made: no address is looked up for it.
  static func make(_ size: Int, in folder: String) throws -> String { BusyDay(facts: size).answer }

  static func sides(_ size: Int, in folder: String) throws -> [Side] {
    [Side(edges, .here)]
  }

  static func bars(of side: String, _ size: Int) -> [Bar] { [.cpu(0.5), .memory(300)] }

  /// The making of the day doesn't count; the inventory's roster and directory do.
  static func run(_ side: String, _ size: Int, in folder: String) throws -> Outcome {
    let day = BusyDay(facts: size)
    let inventory = Inventory(try ClusterReading(Array(day.objects.utf8)).objects)
    let facts = Facts(conversations: day.conversations)
    return Outcome(of: { Learned(facts, inventory, Options()).everyEdge }, answer: { BusyDay.answer($0) })
  }
}
