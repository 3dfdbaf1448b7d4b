import Kubernetes
import Traffic

/// What pods of one workload look like to policies; replicas that look alike are one.
struct Look: Hashable, Sendable {
  /// The topmost owner of the pods.
  let workload: WorkloadID
  /// What policies see of them.
  let traits: PodTraits
  /// The addresses of those that exist.
  let addresses: [Address]

  /// The pods as one end of a connection.
  var party: Party { .pod(traits, address: addresses.first) }

  /// Every look of every workload, in order; pods that are over have none.
  static func all(in inventory: Inventory) -> [Look] {
    inventory.topmost.flatMap { id in
      var seen: [PodTraits: [Address]] = [:]
      for place in inventory.pods(of: id) where !inventory.pods[place].isOver {
        seen[inventory.pods[place].traits, default: []] += inventory.pods[place].addresses
      }
      // Tomorrow's replica: it has no hash yet, and no selector should ask for one.
      if let template = inventory.workloads[id]?.traits, !seen.keys.contains(where: template.isBehind) {
        seen[template] = []
      }
      return seen.map { Look(workload: id, traits: $0.key, addresses: $0.value.sorted()) }
        .sorted { $0.order < $1.order }
    }
  }

  private var order: String {
    let ports = traits.ports.map { "\($0.transport)/\($0.number)/\($0.name ?? "")" }.joined(separator: ",")
    return "\(LabelSelector(traits.labels)) \(ports) \(traits.usesHostNetwork)"
  }
}

extension PodTraits {
  /// Whether a pod is a replica of this template: alike but for labels that its controllers added.
  fileprivate func isBehind(_ pod: PodTraits) -> Bool {
    labels.allSatisfy { pod.labels[$0.key] == $0.value } && ports == pod.ports
      && usesHostNetwork == pod.usesHostNetwork
  }
}
