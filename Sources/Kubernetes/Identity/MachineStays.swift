import Traffic

/// When machines are known to have had addresses that pods had as well.
///
/// Where machines and pods get their addresses from one network (EKS), what a pod gave back may be a machine's next. A
/// machine is known to have its address while its object is there, and while a pod in its network has it.
struct MachineStays {
  private let stays: [Address: [Life]]

  /// What is known of these addresses.
  init(_ inventory: Inventory, at addresses: some Collection<Address>) {
    let addresses = Set(addresses)
    var found: [Address: [Life]] = [:]
    func note(_ address: Address, _ life: Life) {
      // Of one that doesn't say since when nobody knows whether it came after a pod.
      guard life.from > .distantPast, addresses.contains(address) else { return }
      found[address, default: []].append(life)
    }
    for node in inventory.nodes {
      for address in node.addresses { note(address, Life(node.meta)) }
    }
    for pod in inventory.hostPods {
      for held in pod.holdings { note(held.address, Life(from: held.from, until: held.until)) }
    }
    stays = found.mapValues(Self.joined)
  }

  /// The stays at an address in order of time, apart from each other.
  func known(at address: Address) -> [Life] { stays[address, default: []] }

  private static func joined(_ lives: [Life]) -> [Life] {
    lives.sorted { ($0.from, $0.until) < ($1.from, $1.until) }.reduce(into: []) { joined, life in
      if let last = joined.last, life.from <= last.until {
        joined[joined.count - 1] = Life(from: last.from, until: max(last.until, life.until))
      } else {
        joined.append(life)
      }
    }
  }
}
