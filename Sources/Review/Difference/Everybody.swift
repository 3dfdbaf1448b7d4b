public import Kubernetes

extension NamedParty {
  /// Every look of every workload and bare pod that an inventory knows, as today's pods and as the next ones.
  ///
  /// What the template says comes first: it is what a manifest has, and stays when pods go.
  public static func everybody(in inventory: Inventory) -> [NamedParty] {
    let names = Dictionary(inventory.topmost.map { ($0.description, 1) }, uniquingKeysWith: +)
    return inventory.topmost.flatMap { id in
      let template = inventory.workloads[id].flatMap { workload -> Party? in
        workload.usesHostNetwork ? nil : .pod(workload.traits, addresses: .unknown)
      }
      let pods = inventory.pods(of: id).compactMap { inventory.pods[$0].party }.filter {
        $0.selectable != nil
      }
      // Two workloads of one name are told apart by their kinds.
      let name = names[id.description] == 1 ? id.description : "\(id) (\(id.kind))"
      return looks(of: name, [template].compactMap(\.self) + pods)
    }
  }
}
