import Documents
import Kubernetes

/// What the annotations that Prometheus made common ask for, of the objects that are written among the manifests.
///
/// Of a cluster's listing annotations are never read: anything may stand there.
struct ScrapeAnnotations {
  /// That an object asks to be scraped, and on which port, where it says.
  struct Wish: Hashable {
    let port: UInt16?
  }

  /// By the workload whose pods ask.
  private(set) var workloads: [WorkloadID: Wish] = [:]
  /// By the Service's name with its namespace.
  private(set) var services: [String: Wish] = [:]

  init(_ scene: Scene) {
    var pods: [String: WorkloadID] = [:]
    for place in scene.inventory.pods.indices {
      let meta = scene.inventory.pods[place].meta
      pods["\(meta.namespace)/\(meta.name)"] = scene.inventory.workload(ofPod: place)
    }
    for manifest in scene.manifests {
      for namespace in scene.namespaces(of: manifest) { take(manifest, in: namespace, pods) }
    }
  }

  private mutating func take(_ manifest: Manifest, in namespace: String, _ pods: [String: WorkloadID]) {
    let path = "\(namespace)/\(manifest.name)"
    switch manifest.kind {
    case "Service": services[path] = Wish(manifest.node)
    case "Pod":
      guard let owner = pods[path], let wish = Wish(manifest.node) else { return }
      workloads[owner] = workloads[owner] ?? wish
    default:
      let spec = manifest.node[manifest.kind == "CronJob" ? ["spec", "jobTemplate", "spec"] : ["spec"]]
      guard let template = spec?["template"], let wish = Wish(template) else { return }
      workloads[WorkloadID(namespace: namespace, kind: manifest.kind, name: manifest.name)] = wish
    }
  }
}

extension ScrapeAnnotations.Wish {
  /// What the annotations of an object say; nil where they ask for nothing.
  init?(_ object: Node) {
    let annotations = object[["metadata", "annotations"]]
    guard annotations?["prometheus.io/scrape"]?.string == "true" else { return nil }
    port = annotations?["prometheus.io/port"]?.string.flatMap { UInt16($0) }.flatMap { $0 == 0 ? nil : $0 }
  }
}
