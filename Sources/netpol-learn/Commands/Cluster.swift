import Console
import FlowStore
import Generator
import Kubernetes

/// Loads the cluster's objects into a store.
struct Cluster: Command {
  var talk = Talk()
  var store = StoreOptions()
  var sources: [String] = []

  static let name = "cluster"
  static let summary = "load or refresh the cluster inventory in a store"
  static let detail = [
    """
    Reads pods, the workloads that make them, Services, EndpointSlices, nodes and namespaces, as kubectl prints them, \
    and keeps the fields that tell who held an address and which labels pick it. Environment variables, annotations \
    and everything else are never read.
    """,
    "Objects that are in the store already are replaced by newer ones; pods that are gone stay known.",
    """
    A watch tells more than lists: when each pod went, and those that came and went between two lists. Where there is \
    only a capture, a table tells who held an address: `address,namespace,workload,kind,from,until`, with that line \
    first; the last four may be empty.
    """,
  ]
  static let examples = [
    Example(
      "what a cluster says now",
      Advice.loadInventory
    ),
    Example("what was saved before", "netpol-learn cluster --cluster cluster.json"),
    Example(
      "until the watch is stopped",
      Advice.watchPods),
  ]
  static var options: [Option<Cluster>] {
    [
      .values(
        "--cluster", value: "SOURCE", to: \.sources, "where the objects come from",
        detail: """
          A JSON or YAML file as `kubectl get … -o json` prints it, the events of a watch, a table of addresses in \
          CSV, a folder of such files, or `-` for standard input. May be given several times.
          """, required: true)
    ]
  }
  static var groups: [[Option<Cluster>]] { [.group(\.store)] }

  mutating func run(on terminal: inout Terminal) throws -> ExitCode {
    let files = try ClusterFiles(sources)
    guard !files.objects.isEmpty else { return InventoryTalk.exitCode(files, on: &terminal) }
    var opened = try Store(at: store.path, for: .writing)
    try opened.keep(files.objects.lazy.map(\.stored))
    InventoryTalk.tell(files, keptIn: store.path, on: &terminal)
    return InventoryTalk.exitCode(files, on: &terminal)
  }
}
