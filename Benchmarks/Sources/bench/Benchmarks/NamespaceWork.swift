import Console
import FlowStore
import Generator
import Kubernetes
import Support
import Traffic

/// The proven policies of one namespace of a large cluster, from an hour of rows that were read.
enum NamespaceWork: Benchmark {
  static let name = "namespace"
  static let summary =
    "the proven policies of one namespace of a cluster, once its hour and its objects are read"
  static let sizes = [10_000]
  static let tinySize = 200

  private static let (plan, namespace) = ("Learned.plan", "team-1")

  static func words(for size: Int) -> String { size.counted("pod") }

  /// The answer comes from how the facts were made.
  static func make(_ size: Int, in folder: String) throws -> String {
    let world = StoreWorld(pods: size)
    var store = try StoreWork.newStore(at: file(folder))
    _ = try StoreWork.record(world.hours.map(\.first), in: &store)
    try FileBytes.write(Array(world.cluster.objects.utf8), to: objects(folder))
    return NeededPolicies(world.whole.first, of: world.cluster, in: [namespace]).text
  }

  static func sides(_ size: Int, in folder: String) throws -> [Side] { [Side(plan, .here)] }

  static func bars(of side: String, _ size: Int) -> [Bar] { [.cpu(0.3)] }

  /// The reading of the store and of the cluster doesn't count; all that is made of them does.
  static func run(_ side: String, _ size: Int, in folder: String) throws -> Outcome {
    let inventory = Inventory(try ClusterReading(try FileBytes.read(objects(folder))).objects)
    let store = try Store(at: file(folder), for: .reading)
    let kept = try StoreWork.kept(in: store)
    return Outcome(
      of: { Learned(kept, inventory, Options()).about([namespace]).plan }, answer: { NeededPolicies($0).text }
    )
  }

  private static func file(_ folder: String) -> String { "\(folder)/store.db" }
  private static func objects(_ folder: String) -> String { "\(folder)/objects.json" }
}
