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
    and keeps the fields that tell who held an address and which labels pick it. NetworkPolicies, ServiceMonitors, \
    PodMonitors and whom the API server calls (webhook configurations, APIServices, CustomResourceDefinitions that \
    others convert) are kept too where they are among them. Environment variables, \
    annotations (but for those that ask for metrics) and everything else are never read.
    """,
    """
    Objects that are in the store already are replaced by newer ones; pods that are gone stay known, with their end, \
    and so do the addresses that a pod had before others. \
    What is missing in a newer list is known as gone only where the list shows that it is whole: where it has the \
    namespace `kube-system` and the nodes in it, as the first example's has. From any other list, as one of `-l app=x`, \
    nobody is taken for gone. Objects of another cluster than the store's are refused.
    """,
    """
    A watch tells more than lists: when each pod went, and those that came and went between two lists. Where there is \
    only a capture, a table tells who held an address: `address,namespace,workload,kind,from,until`, with that line \
    first; the last four may be empty, and the times are as in `2026-11-20T09:00:00Z`.
    """,
    """
    The kind in a table is the workload's, or `Node`, `Service` or `External`. `External` is nobody of the cluster, an \
    address or a block such as `10.0.7.0/24`: where machines tell no block for their pods (EKS, AKS), a database beside \
    pods can't be told from a pod that nobody listed, and generation stops until one of both is said. What the cluster \
    is known to have is never outside.
    """,
  ]
  static let examples = [
    Example(
      "what a cluster says now",
      Advice.loadInventory
    ),
    Example(
      "whom the API server calls, so that no policy cuts webhooks and aggregated APIs", Advice.loadExtensions),
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
    guard files.parts.contains(where: { !$0.isEmpty }) else {
      return InventoryTalk.exitCode(files, on: &terminal)
    }
    let known = try KeptObjects(at: store.path)
    try files.requireCluster(of: known.objects, keptIn: store.path)
    let ended = files.ended(beside: known)
    var opened = try Store(at: store.path, for: .writing)
    try opened.keep(files.parts.joined().lazy.flatMap(\.stored), lists: files.lists.map(\.stored))
    InventoryTalk.tell(files, beside: known, ended: ended, keptIn: store.path, on: &terminal)
    return InventoryTalk.exitCode(files, on: &terminal)
  }
}
