import Kubernetes

/// What the pods of workloads look like to policies: each that is there at its own addresses, those that may come, and
/// of those that are gone the ones that were seen to have a part in something.
struct PodLooks: Sendable {
  private let inventory: Inventory
  /// The pods that are gone and had a part in some edge, by their places.
  private let partakers: Set<Int>

  init(_ inventory: Inventory, edges: [Edge]) {
    self.inventory = inventory
    let pods = inventory.pods
    var partakers: Set<Int> = []
    for edge in edges {
      for place in edge.evidence.clientPods where pods[place].isGone { partakers.insert(place) }
      for place in edge.evidence.serverPods where pods[place].isGone { partakers.insert(place) }
    }
    self.partakers = partakers
  }

  /// The looks of a workload's pods, those of today first.
  ///
  /// Where nobody is there and nobody known may come, its last pods stand for it.
  func looks(of id: WorkloadID) -> [Look] {
    let pods = inventory.pods
    let own = inventory.pods(of: id).filter { !pods[$0].usesHostNetwork }
    var looks = own.filter { !pods[$0].isGone }.map { pods[$0].look(.today) }
    if let template = inventory.workloads[id], !template.usesHostNetwork, !Successions.isGone(id, inventory) {
      looks += [template.traits, Cast.tomorrow(template)].map {
        Look(.pod($0, addresses: .unknown), .tomorrow)
      }
    }
    let gone = own.filter { pods[$0].isGone && (looks.isEmpty || partakers.contains($0)) }
    return looks + gone.map { pods[$0].look(.past($0)) }
  }
}

extension Pod {
  fileprivate func look(_ age: Look.Age) -> Look {
    Look(.pod(traits, addresses: PodAddresses(addresses)), age, areLabelsKnown: areLabelsKnown)
  }
}
