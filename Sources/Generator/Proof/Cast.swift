public import Kubernetes
import Traffic

/// Everybody who has a part in the edges, as policies see them: today's pods, tomorrow's replicas, and addresses.
public struct Cast: Sendable {
  /// The workloads of the cluster and the outside ends of the edges, in order.
  public let ends: [End]
  private let parties: [End: [Party]]

  init(_ inventory: Inventory, _ selectors: Selectors, edges: [Edge]) {
    var parties: [End: [Party]] = [:]
    for id in inventory.topmost {
      let looks = Self.looks(of: id, inventory, selectors)
      if !looks.isEmpty { parties[.workload(id)] = looks }
    }
    for edge in edges {
      for end in [edge.client, edge.server] {
        if let address = end.address { parties[end] = [.address(address)] }
      }
    }
    self.parties = parties
    ends = parties.keys.sorted()
  }

  /// What the end may look like to a policy; each look once.
  public func parties(of end: End) -> [Party] { parties[end, default: []] }

  /// One look for each different set of labels, with an address that goes with it, and tomorrow's replica.
  private static func looks(of id: WorkloadID, _ inventory: Inventory, _ selectors: Selectors) -> [Party] {
    var seen: [PodTraits: Address?] = [:]
    for pod in inventory.pods(of: id).map({ inventory.pods[$0] }) where !pod.usesHostNetwork {
      seen[pod.traits] = seen[pod.traits] ?? pod.addresses.first
    }
    for replica in selectors.replicas(of: id) {
      guard !seen.keys.contains(replica) else { continue }
      seen[replica] = .some(nil)
    }
    if let template = inventory.workloads[id], !template.usesHostNetwork {
      seen[tomorrow(template)] = .some(nil)
    }
    return seen.sorted { $0.key.order < $1.key.order }.map { .pod($0.key, address: $0.value) }
  }

  /// The replica of the next roll-out: the template's labels, and the ones that change with every roll-out changed.
  private static func tomorrow(_ workload: Workload) -> PodTraits {
    var labels = workload.templateLabels
    for key in ["pod-template-hash", "controller-revision-hash"] { labels[key] = "tomorrow" }
    return PodTraits(namespace: workload.meta.namespace, labels: labels, ports: workload.ports)
  }
}

extension PodTraits {
  /// All that it says, in one order: two looks are never equal in it unless they are the same.
  var order: String {
    let ports = ports.map { "\($0.transport)/\($0.number)/\($0.name ?? "")" }.joined(separator: ",")
    return "\(LabelSelector(labels)) \(ports)"
  }
}
