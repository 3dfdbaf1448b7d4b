public import Kubernetes
import Traffic

/// Everybody who has a part in the edges, as policies see them: today's pods, tomorrow's replicas, and addresses.
public struct Cast: Sendable {
  /// The workloads of the cluster and the outside ends of the edges, in order.
  public let ends: [End]
  private let parties: [End: [Party]]
  private let podLooks: PodLooks

  init(_ inventory: Inventory, _ selectors: Selectors, edges: [Edge]) {
    self.init(inventory, selectors, ends: edges.lazy.flatMap { [$0.client, $0.server] }, edges: edges)
  }

  init(_ inventory: Inventory, _ selectors: Selectors, ends: some Sequence<End>, edges: [Edge]) {
    var parties: [End: [Party]] = [:]
    for id in inventory.topmost {
      let looks = Self.looks(of: id, inventory, selectors)
      if !looks.isEmpty { parties[.workload(id)] = looks }
    }
    for end in ends {
      guard let address = end.address else { continue }
      if case .node = end { parties[end] = [.node(address)] } else { parties[end] = [.address(address)] }
    }
    self.parties = parties
    self.ends = parties.keys.sorted()
    podLooks = PodLooks(inventory, edges: edges)
  }

  /// What an end may look like to a policy that asks about no addresses; each look once.
  public func parties(of end: End) -> [Party] { parties[end, default: []] }

  /// Everything that an end may look like to policies, each of its pods at its own addresses.
  func looks(of end: End) -> [Look] {
    guard let id = end.workload else { return parties(of: end).map { Look($0) } }
    return podLooks.looks(of: id)
  }

  /// The same for what was recorded: without looks whose labels nobody told, and pods that may come have the addresses of
  /// those that are there.
  ///
  /// A block that holds the addresses of a workload's pods holds those of its next pods as well, for all that anybody can
  /// tell.
  public func recordedLooks(of end: End) -> [Look] {
    let known = looks(of: end).filter(\.areLabelsKnown)
    let located = known.filter { !$0.party.addresses.isEmpty }
    let today = located.filter { $0.age == .today }
    let lent = (today.isEmpty ? located : today).map(\.party.addresses)
    var served: Set<PodTraits> = []
    return known.flatMap { look -> [Look] in
      guard case .pod(let traits, let addresses) = look.party, addresses.isEmpty, !lent.isEmpty else {
        return [look]
      }
      if case .past = look.age { return lent.map { Look(.pod(traits, addresses: $0), look.age) } }
      // Thousands that wait for an address and look alike are one.
      guard served.insert(traits).inserted else { return [] }
      return lent.map { Look(.pod(traits, addresses: $0), look.age) }
    }
  }

  /// One look for each different set of labels, with addresses that go with it, and tomorrow's replica.
  private static func looks(of id: WorkloadID, _ inventory: Inventory, _ selectors: Selectors) -> [Party] {
    let known = selectors.replicas(of: id)
    let addresses = addresses(of: known, id, inventory)
    var looks = zip(known, addresses).map { Party.pod($0, addresses: $1) }
    guard let template = inventory.workloads[id], !template.usesHostNetwork,
      case let next = tomorrow(template), let place = known.place(of: next)
    else { return looks }
    looks.insert(.pod(next, addresses: .unknown), at: place)
    return looks
  }

  /// For each look of a workload's pods the addresses of the first of them that has any.
  private static func addresses(
    of looks: [PodTraits], _ id: WorkloadID, _ inventory: Inventory
  ) -> [PodAddresses] {
    // By their places: to hold on to all that a pod has costs more than what is asked of it here.
    let pods = inventory.pods
    let own = inventory.pods(of: id).lazy.filter { !pods[$0].usesHostNetwork && !pods[$0].addresses.isEmpty }
    guard looks.count > 1 else {
      // Where all pods look alike the first of them answers; one that is gone may have looked otherwise.
      return looks.map { look in
        own.first { pods[$0].traits == look }.map { PodAddresses(pods[$0].addresses) } ?? .unknown
      }
    }
    var found: [PodTraits: PodAddresses] = [:]
    for place in own where found[pods[place].traits] == nil {
      found[pods[place].traits] = PodAddresses(pods[place].addresses)
    }
    return looks.map { found[$0, default: .unknown] }
  }

  /// The replica of the next roll-out: the template's labels, and the ones that change with every roll-out changed.
  static func tomorrow(_ workload: Workload) -> PodTraits {
    var labels = workload.templateLabels
    for key in ["pod-template-hash", "controller-revision-hash"] { labels[key] = "tomorrow" }
    return PodTraits(namespace: workload.meta.namespace, labels: labels, ports: workload.ports)
  }
}

extension PodTraits {
  /// All that it says, in one order: two looks are never equal in it unless they are the same.
  fileprivate var order: String {
    let ports = ports.map { "\($0.transport)/\($0.number)/\($0.name ?? "")" }.joined(separator: ",")
    return "\(LabelSelector(labels)) \(ports)"
  }
}

extension Collection<PodTraits> {
  /// The looks in their order; of many, each is put in words once.
  var inOrder: [PodTraits] {
    guard count > 1 else { return Array(self) }
    return map { (look: $0, order: $0.order) }.sorted { $0.order < $1.order }.map(\.look)
  }
}

extension [PodTraits] {
  /// Where another look belongs among these, which are in order; nil where it is one of them.
  fileprivate func place(of other: PodTraits) -> Int? {
    let order = other.order
    guard let place = firstIndex(where: { order <= $0.order }) else { return count }
    return self[place] == other ? nil : place
  }
}
