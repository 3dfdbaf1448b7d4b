import FlowStore
import Generator
import Kubernetes
import Support
import Traffic

/// From the rows of a store to proven policies for every namespace of teams.
enum GenerationWork: Benchmark {
  static let name = "generation"
  static let summary =
    "from the rows of a store to proven policies of every namespace, beside SQLite's steps in C"
  static let sizes = [StoreWork.size]
  static let tinySize = 30_000

  private static let (bare, plan) = ("a scan in C", "Learned.plan")

  static func words(for size: Int) -> String { StoreWork.words(for: size) }

  /// The answer comes from how the facts were made: no address is looked up in a roster for it.
  static func make(_ size: Int, in folder: String) throws -> String {
    let world = StoreWorld(rows: size)
    var store = try StoreWork.newStore(at: file(folder))
    _ = try StoreWork.record(world.hours.map(\.first), in: &store)
    try FileBytes.write(Array(world.cluster.objects.utf8), to: objects(folder))
    let facts = world.whole.first
    return answer(
      facts.lazy.map(\.conversations), NeededPolicies(facts, of: world.cluster, in: world.cluster.namespaces))
  }

  static func sides(_ size: Int, in folder: String) throws -> [Side] {
    [Side(bare, .rough(try StoreWork.reference(["scan", file(folder)], in: folder))), Side(plan, .here)]
  }

  static func bars(of side: String, _ size: Int) -> [Bar] {
    side == plan ? [.ratio(1.5, beyond: 0.5), .memory(300)] : []
  }

  /// The reading of the cluster doesn't count; all that is made of it does.
  static func run(_ side: String, _ size: Int, in folder: String) throws -> Outcome {
    let inventory = Inventory(try ClusterReading(try FileBytes.read(objects(folder))).objects)
    let namespaces = Set(inventory.namespaces.keys).subtracting(["kube-system"])
    let store = try Store(at: file(folder), for: .reading)
    return try Outcome(
      of: {
        let kept = try StoreWork.kept(in: store)
        return (kept, Learned(kept, inventory, Options()).about(namespaces).plan)
      },
      answer: { kept, plan in
        answer(kept.conversations.portions.joined().lazy.map(\.conversations), NeededPolicies(plan))
      })
  }

  private static func answer(_ counts: some Sequence<UInt64>, _ policies: NeededPolicies) -> String {
    var (rows, sum) = (0, UInt64(0))
    for count in counts { (rows, sum) = (rows + 1, sum + count) }
    return "\(rows) rows of \(sum) conversations, \(policies.text)"
  }

  private static func file(_ folder: String) -> String { "\(folder)/store.db" }
  private static func objects(_ folder: String) -> String { "\(folder)/objects.json" }
}
