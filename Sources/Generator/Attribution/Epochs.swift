import Kubernetes
import Traffic

/// The stretches of time in which the same Services, slices and machines are there, and Services mean the same.
struct Epochs {
  private let changes: [Instant]
  private let ofAddresses: [Address: Turns]

  /// The moments at which it may change what an address stands for, as long as no pod holds it.
  struct Turns {
    /// Its own, in order.
    fileprivate(set) var own: [Instant] = []
    /// Those of all machines alike, in order: one array for all.
    fileprivate(set) var ofMachines: [Instant] = []

    /// Whether one of them lies in an activity.
    func hold(within activity: Activity) -> Bool {
      own.isWithin(activity) || ofMachines.isWithin(activity)
    }

    /// Those between two moments, the later one with them.
    func between(_ first: Instant, _ last: Instant) -> [Instant] {
      Set([own, ofMachines].joined().filter { first < $0 && $0 <= last }).sorted()
    }
  }

  init(_ inventory: Inventory, roster: Roster, directory: Directory) {
    var ofAddresses: [Address: Set<Instant>] = [:]
    let slices = Self.slices(inventory, roster, directory.machines)
    var ofNodePorts: [Instant] = []
    for service in inventory.services where !service.isAPIServer {
      let changes =
        Life(service.meta).changes + service.changesOfMeaning
        + (Self.isListed(service) ? slices[service.name, default: []] : [])
      for address in service.addresses { ofAddresses[address, default: []].formUnion(changes) }
      if service.everyPort.contains(where: { $0.nodePort != nil }) { ofNodePorts += changes }
    }
    let ofHostPorts = HostDoors.changes(inventory)
    for address in directory.machines.addresses {
      let changes =
        directory.machines.changes(of: address)
        + directory.machines.names(of: address).flatMap { ofHostPorts[$0, default: []] }
      ofAddresses[address, default: []].formUnion(changes)
    }
    let ofMachines = Set(ofNodePorts).sorted()
    var turns = ofAddresses.mapValues { Turns(own: $0.sorted()) }
    for address in directory.machines.addresses { turns[address]?.ofMachines = ofMachines }
    self.ofAddresses = turns
    changes = ofAddresses.values.reduce(into: Set(ofMachines)) { $0.formUnion($1) }.sorted()
  }

  /// Which of them a moment lies in.
  func number(of moment: Instant) -> Int { changes.count(upTo: moment) }

  /// The turns of an address; nil where nothing changes.
  func turns(of address: Address) -> Turns? {
    ofAddresses[address].flatMap { $0.own.isEmpty && $0.ofMachines.isEmpty ? nil : $0 }
  }

  /// Whether slices tell what is behind a Service, or did before it was changed.
  private static func isListed(_ service: Service) -> Bool {
    ([service] + service.past).contains { $0.selector.isEmpty }
  }

  /// When it may change what the slices of each Service lead to, by its name.
  private static func slices(
    _ inventory: Inventory, _ roster: Roster, _ machines: Machines
  ) -> [String: [Instant]] {
    let bare = Set(inventory.services.filter(isListed).map(\.name))
    var found: [String: [Instant]] = [:]
    for slice in inventory.slices {
      guard let service = slice.service, case let name = "\(slice.meta.namespace)/\(service)",
        bare.contains(name)
      else { continue }
      found[name, default: []] += Life(slice.meta).changes
      // What a slice leads to depends on who holds its addresses.
      for address in slice.addresses {
        found[name, default: []] += roster.changes(of: address) + machines.changes(of: address)
      }
    }
    return found
  }
}

extension [Instant] {
  /// How many of these moments, which are in order, are not later than this one.
  fileprivate func count(upTo moment: Instant) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] <= moment { low = middle + 1 } else { high = middle }
    }
    return low
  }

  fileprivate func isWithin(_ activity: Activity) -> Bool {
    !isEmpty && count(upTo: activity.first) != count(upTo: activity.last)
  }
}
