import Kubernetes
import Traffic

/// Pods that the API server asks before it takes an object: they must let it in, or nothing is created any more.
///
/// Where it asks from differs from cluster to cluster (a machine's address, a tunnel's, one of the provider's), so the
/// port alone is opened, to everybody.
struct Webhooks {
  /// The ports of each workload that are asked.
  private let ports: [WorkloadID: Set<UInt16>]
  /// The Services behind which nobody is known, with those that name them.
  private let unknown: [Unknown]

  private struct Unknown: Hashable {
    let namespace: String
    let words: String
  }

  init(_ inventory: Inventory, _ backends: Backends) {
    let configurations = inventory.webhooks.filter { $0.meta.deleted == nil }
    var ports: [WorkloadID: Set<UInt16>] = [:]
    var unknown: Set<Unknown> = []
    let places: [String: Int] =
      configurations.isEmpty
      ? [:]
      : Dictionary(
        inventory.services.indices.lazy.filter { inventory.services[$0].meta.deleted == nil }
          .map { (inventory.services[$0].name, $0) }, uniquingKeysWith: { $1 })
    for configuration in configurations {
      for target in configuration.services {
        let name = "\(target.namespace)/\(target.name)"
        let found = places[name].map {
          backends.behind(service: $0, port: target.port, transport: .tcp)
        }
        for backend in found ?? [] {
          guard let workload = backend.end.workload else { continue }
          ports[workload, default: []].insert(backend.port)
        }
        if found?.isEmpty ?? true {
          unknown.insert(
            Unknown(
              namespace: target.namespace,
              words:
                "Service `\(name)` on port \(target.port), as \(configuration.kind) `\(configuration.meta.name)` asks"
            ))
        }
      }
    }
    self.ports = ports
    self.unknown = unknown.sorted { $0.words < $1.words }
  }

  /// The workloads that are asked, in order.
  var workloads: [WorkloadID] { ports.keys.sorted() }

  /// The ports of a workload that are asked, in order.
  func ports(of workload: WorkloadID) -> [UInt16] { ports[workload, default: []].sorted() }

  /// Whether the edge is one that the API server may ask by, from wherever it does.
  func mayHold(_ edge: Edge) -> Bool {
    guard edge.transport == .tcp, let server = edge.server.workload, edge.client.workload == nil else {
      return false
    }
    return ports[server]?.contains(edge.port) ?? false
  }

  /// What nobody knows of those that are asked in these namespaces, which a closed door would cut.
  func concerns(in namespaces: Set<String>) -> [Concern] {
    let missing = unknown.filter { namespaces.contains($0.namespace) }.map(\.words)
    guard !missing.isEmpty else { return [] }
    let isSingle = missing.count == 1
    return [
      Concern(
        .webhooksUnknown,
        "nobody knows the pods behind \(isSingle ? "a Service" : "\(missing.count) Services") that the API server asks before it takes objects: a closed door would cut \(isSingle ? "it" : "them")",
        detail: missing,
        hint: "load the cluster's Services and pods with `\(Advice.loadInventory)`")
    ]
  }
}
