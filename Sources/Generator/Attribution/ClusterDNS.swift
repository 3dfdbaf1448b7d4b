public import Kubernetes
public import Traffic

/// The cluster's DNS, as its Service shows it, or as it is by convention where no Service is known.
public struct ClusterDNS: Hashable, Sendable {
  /// The namespace of its pods.
  public let namespace: String
  /// The labels that pick its pods.
  public let selector: Labels
  /// The pods' own UDP and TCP ports, which need not be 53.
  public let ports: [Door]
  /// The addresses of its Service.
  public let addresses: [Address]
  /// Where a cache on each machine answers for it, where one is known or was asked.
  public let caches: [Address]
  /// Whether a cache was seen to answer; else its address is the one that most installations give it.
  public let areCachesSeen: Bool
  /// The workloads that answer.
  public let workloads: Set<WorkloadID>
  /// Whether this was read from the cluster; else it is the convention of every common distribution.
  public let isObserved: Bool

  /// A port with its protocol.
  public struct Door: Hashable, Comparable, Sendable {
    /// The number.
    public let port: UInt16
    /// The protocol.
    public let transport: Transport

    /// By number, then protocol.
    public static func < (one: Door, other: Door) -> Bool {
      (one.port, one.transport) < (other.port, other.transport)
    }
  }

  /// What the inventory shows, with the caches that were seen to answer.
  public init(_ inventory: Inventory, caches seen: [Address] = []) {
    let isCached = !seen.isEmpty || Self.hasCache(inventory)
    let cached = seen.isEmpty ? [NameCaches.convention].compactMap(\.self) : seen
    areCachesSeen = !seen.isEmpty
    guard let service = Self.service(inventory), !service.selector.isEmpty else {
      namespace = "kube-system"
      selector = ["k8s-app": "kube-dns"]
      ports = Self.both([53])
      addresses = []
      caches = isCached ? cached : []
      workloads = Self.workloads(inventory, "kube-system", LabelSelector(["k8s-app": "kube-dns"]))
      isObserved = false
      return
    }
    // By their places: to hold on to all that a pod has costs more than what is asked of it here.
    let all = inventory.pods
    let pods = all.indices.filter { all[$0].meta.namespace == service.meta.namespace }
      .filter { service.picks(all[$0].traits) }.map { all[$0] }
    // UDP and TCP always go together: an answer that doesn't fit in a datagram is asked for again over TCP.
    let numbers = service.ports.filter { $0.port == 53 }.flatMap { port -> [UInt16] in
      let known = pods.compactMap { port.target.number(on: $0.ports, transport: port.transport) }
      if !known.isEmpty { return known }
      if case .number(let number) = port.target { return [number] }
      return [53]
    }
    namespace = service.meta.namespace
    selector = service.selector
    ports = Self.both(numbers.isEmpty ? [53] : Set(numbers))
    addresses = service.addresses
    // A cache listens on its own address and, in one of its modes, on the Service's as well.
    caches = isCached ? cached + service.clusterAddresses : []
    workloads = Self.workloads(inventory, service.meta.namespace, LabelSelector(service.selector))
    isObserved = true
  }

  /// Whether this end answers for the cluster.
  func isServer(_ address: Address, _ end: End) -> Bool {
    if addresses.contains(address) || caches.contains(address) { return true }
    return end.workload.map { workloads.contains($0) } ?? false
  }

  private static func workloads(
    _ inventory: Inventory, _ namespace: String, _ selector: LabelSelector
  ) -> Set<WorkloadID> {
    Set(
      inventory.topmost.filter { id in
        guard id.namespace == namespace else { return false }
        let pods = inventory.pods(of: id).map { inventory.pods[$0].meta.labels }
        let template = inventory.workloads[id].map { [$0.templateLabels] } ?? []
        return (pods + template).contains(where: selector.matches)
      })
  }

  /// Whether the inventory shows a cache on each machine, by the label that its manifest has everywhere.
  private static func hasCache(_ inventory: Inventory) -> Bool {
    func isCache(_ labels: Labels) -> Bool { labels["k8s-app"] == "node-local-dns" }
    return inventory.workloads.values.contains { isCache($0.templateLabels) }
      || inventory.hostPods.contains { isCache($0.meta.labels) }
  }

  private static func both(_ numbers: Set<UInt16>) -> [Door] {
    numbers.sorted().flatMap { [Door(port: $0, transport: .udp), Door(port: $0, transport: .tcp)] }
  }

  /// The Service that hands out names, by the names that the common distributions give it.
  ///
  /// Anybody can label a Service, so a label alone counts only among the cluster's own. One that was deleted counts where
  /// there is no other.
  private static func service(_ inventory: Inventory) -> Service? {
    let named = [
      ("kube-system", "kube-dns"), ("kube-system", "coredns"), ("openshift-dns", "dns-default"),
    ].flatMap { namespace, name in
      inventory.services.filter { $0.meta.namespace == namespace && $0.meta.name == name }
        .sorted { $0.meta.created ?? .distantPast > $1.meta.created ?? .distantPast }
    }
    let labelled = inventory.services.filter {
      $0.meta.namespace == "kube-system" && $0.meta.labels["k8s-app"] == "kube-dns"
        && $0.ports.contains { $0.port == 53 && $0.transport == .udp }
    }
    let known = named + labelled
    return known.first { $0.meta.deleted == nil } ?? known.first
  }
}
