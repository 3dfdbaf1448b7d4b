import Kubernetes
import Traffic

/// Pods that the API server calls to do its work: webhooks, and whoever serves an aggregated API.
///
/// It asks webhooks before it takes an object, and to convert one. Pods must let it in, or nothing is created, read or
/// scaled any more.
///
/// Where it calls from differs from cluster to cluster (a machine's address, a tunnel's, one of the provider's), so the
/// port alone is opened, to everybody.
struct Webhooks {
  /// What the API server calls for.
  private enum Purpose: String {
    case api = "aggregated APIs"
    case hook = "webhooks"
  }

  /// The ports of each workload that are called, and what for.
  private let ports: [WorkloadID: [UInt16: Set<Purpose>]]
  /// The Services behind which nobody is known, with those that name them.
  private let unknown: [Unknown]

  private struct Unknown: Hashable {
    let namespace: String
    let words: String
  }

  init(_ inventory: Inventory, _ backends: Backends) {
    let extensions = inventory.apiExtensions.filter { $0.meta.deleted == nil }
    var ports: [WorkloadID: [UInt16: Set<Purpose>]] = [:]
    var unknown: Set<Unknown> = []
    let places: [String: Int] =
      extensions.isEmpty
      ? [:]
      : Dictionary(
        inventory.services.indices.lazy.filter { inventory.services[$0].meta.deleted == nil }
          .map { (inventory.services[$0].name, $0) }, uniquingKeysWith: { $1 })
    for called in extensions {
      for target in called.services {
        let name = "\(target.namespace)/\(target.name)"
        let found = places[name].map {
          backends.behind(service: $0, port: target.port, transport: .tcp)
        }
        for backend in found ?? [] {
          guard let workload = backend.end.workload else { continue }
          ports[workload, default: [:]][backend.port, default: []].insert(called.servesAPIs ? .api : .hook)
        }
        if found?.isEmpty ?? true {
          unknown.insert(
            Unknown(
              namespace: target.namespace,
              words: "Service `\(name)` on port \(target.port), as \(called.kind) `\(called.meta.name)` asks")
          )
        }
      }
    }
    self.ports = ports
    self.unknown = unknown.sorted { $0.words < $1.words }
  }

  /// The workloads that are called, in order.
  var workloads: [WorkloadID] { ports.keys.sorted() }

  /// The ports of a workload that are called, in order.
  func ports(of workload: WorkloadID) -> [UInt16] { ports[workload, default: [:]].keys.sorted() }

  /// How a comment calls the API server where it calls this port of a workload.
  func caller(of workload: WorkloadID, _ port: UInt16) -> String {
    let purposes = (ports[workload]?[port] ?? []).map(\.rawValue).sorted()
    return "the API server, for its \(purposes.joined(separator: " and "))"
  }

  /// Why an edge that the API server may call by, from wherever it does, is baseline; nil where it may not.
  func reason(for edge: Edge) -> String? {
    guard edge.transport == .tcp, let server = edge.server.workload, edge.client.workload == nil,
      let purposes = ports[server]?[edge.port]
    else { return nil }
    return purposes.contains(.hook) ? Self.hookReason : Self.apiReason
  }

  /// Whether this is why an edge that the API server may call by is baseline.
  static func isReason(_ reason: String?) -> Bool { reason == hookReason || reason == apiReason }

  private static let hookReason = "webhook"
  private static let apiReason = "aggregated API"

  /// What nobody knows of those that are called in these namespaces, which a closed door would cut.
  func concerns(in namespaces: Set<String>) -> [Concern] {
    let missing = unknown.filter { namespaces.contains($0.namespace) }.map(\.words)
    guard !missing.isEmpty else { return [] }
    let isSingle = missing.count == 1
    return [
      Concern(
        .webhooksUnknown,
        "nobody knows the pods behind \(isSingle ? "a Service" : "\(missing.count) Services") that the API server calls to do its work: a closed door would cut \(isSingle ? "it" : "them")",
        detail: missing,
        hint: "load the cluster's Services and pods with `\(Advice.loadInventory)`")
    ]
  }
}
