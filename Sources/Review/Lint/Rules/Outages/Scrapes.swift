import Documents
import Kubernetes
import Traffic

/// That somebody asked for a pod's numbers to be collected.
struct ScrapeWish: Hashable {
  /// The place of the pod's look.
  let place: Int
  /// The ports of which one has to be open.
  let ports: [UInt16]
  /// Who asked, in words.
  let asker: String
}

extension Scene {
  /// Everything that is to be scraped, by annotations and by monitors among the manifests.
  var scrapeWishes: [ScrapeWish] {
    let index = ServiceIndex(inventory)
    let annotations = ScrapeAnnotations(self)
    let visible = looks.indices.filter { !looks[$0].traits.usesHostNetwork }
    let byNamespace = Dictionary(grouping: visible) { looks[$0].traits.namespace }
    let monitored = manifests.flatMap { manifest in
      namespaces(of: manifest).compactMap { Monitor(manifest, in: $0) }
    }.flatMap { $0.wishes(byNamespace, looks, inventory, index) }
    let annotated = visible.compactMap { place -> ScrapeWish? in
      let (id, pod) = (looks[place].workload, looks[place].traits)
      guard let asked = annotations.workloads[id] else { return nil }
      let ports = asked.port.map { [$0] } ?? pod.ports.filter { $0.transport == .tcp }.map(\.number)
      return ports.isEmpty ? nil : ScrapeWish(place: place, ports: ports, asker: "an annotation of its pods")
    }
    let served = inventory.services.flatMap { service -> [ScrapeWish] in
      guard let asked = annotations.services[service.name] else { return [] }
      return (byNamespace[service.meta.namespace] ?? []).compactMap { place in
        guard service.picks(looks[place].traits) else { return nil }
        let behind = service.backends(on: looks[place].traits)
        // It is the pod's number as Prometheus takes it; some write the Service's.
        let translated = behind.filter { asked.port == nil || $0.port == asked.port }.compactMap(\.target)
        let ports = [asked.port].compactMap(\.self) + translated
        return ports.isEmpty
          ? nil : ScrapeWish(place: place, ports: ports, asker: "an annotation of Service `\(service.name)`")
      }
    }
    return monitored + annotated + served
  }

  /// The places of the looks that collect numbers, as the labels of the common programs tell.
  var scrapers: [Int] {
    looks.indices.filter { place in
      let traits = looks[place].traits
      guard !traits.usesHostNetwork else { return false }
      return traits.labels["operator.prometheus.io/name"] != nil
        || ["app.kubernetes.io/name", "app"].contains { key in
          traits.labels[key].map(Self.scraperNames.contains) ?? false
        }
    }
  }

  private static let scraperNames: Set<String> = [
    "alloy", "grafana-agent", "opentelemetry-collector", "prometheus", "prometheus-agent",
    "victoria-metrics-agent", "vmagent",
  ]
}

/// A ServiceMonitor or PodMonitor of the Prometheus operator.
private struct Monitor {
  let manifest: Manifest
  let selector: LabelSelector
  let isOfServices: Bool
  /// The namespaces it looks at; nil for all.
  let namespaces: Set<String>?
  let endpoints: [Node]

  init?(_ manifest: Manifest, in namespace: String) {
    guard manifest.group == "monitoring.coreos.com", let spec = manifest.node["spec"],
      manifest.kind == "ServiceMonitor" || manifest.kind == "PodMonitor",
      let written = spec["selector"], let selector = LabelSelector(written: written)
    else { return nil }
    self.manifest = manifest
    self.selector = selector
    isOfServices = manifest.kind == "ServiceMonitor"
    let named = (spec[["namespaceSelector", "matchNames"]]?.sequence ?? []).compactMap(\.string)
    let isAny = spec[["namespaceSelector", "any"]]?.bool ?? false
    namespaces = isAny ? nil : named.isEmpty ? [namespace] : Set(named)
    endpoints = spec[isOfServices ? "endpoints" : "podMetricsEndpoints"]?.sequence ?? []
  }

  func wishes(
    _ byNamespace: [String: [Int]], _ looks: [Look], _ inventory: Inventory, _ index: ServiceIndex
  ) -> [ScrapeWish] {
    let seen = byNamespace.filter { namespaces?.contains($0.key) ?? true }.flatMap(\.value).sorted()
    let services = Set(
      inventory.services.filter { isOfServices && selector.matches($0.meta.labels) }.map(\.name))
    return seen.flatMap { place -> [ScrapeWish] in
      let pod = looks[place].traits
      let behind = isOfServices ? index.backends(on: pod).filter { services.contains($0.service) } : []
      guard isOfServices ? !behind.isEmpty : selector.matches(pod.labels) else { return [] }
      return endpoints.compactMap { endpoint in
        guard let port = port(of: endpoint, on: pod, behind) else { return nil }
        return ScrapeWish(place: place, ports: [port], asker: "\(manifest.kind) `\(manifest.name)`")
      }
    }
  }

  /// The pod's own port that an endpoint means; nil where the pod has none such.
  private func port(of endpoint: Node, on pod: PodTraits, _ behind: [Backend]) -> UInt16? {
    let number = endpoint["targetPort"]?.integer ?? endpoint["portNumber"]?.integer
    if let number { return UInt16(exactly: number) }
    if isOfServices, let name = endpoint["port"]?.string {
      return behind.lazy.filter { $0.name == name }.compactMap(\.target).first
    }
    let name = endpoint["port"]?.string ?? endpoint["targetPort"]?.string
    return name.flatMap { name in pod.ports.first { $0.name == name && $0.transport == .tcp }?.number }
  }
}
