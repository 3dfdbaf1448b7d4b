public import Traffic

/// Which addresses are machines' own.
///
/// A machine has the addresses that it tells, those of its bridge and tunnel within its pods' block, and those of the
/// pods that live in its network: these are known even where nobody listed the machines.
public struct Machines: Sendable {
  private let places: [Address: [Machine]]
  /// Addresses that pods had as well.
  private let shared: Set<Address>

  private struct Machine {
    let name: String
    let life: Life
  }

  init(_ inventory: Inventory) {
    var places = Self.ofHostNetwork(inventory)
    for node in inventory.nodes {
      for address in node.addresses + node.derivedAddresses {
        places[address, default: []].removeAll { $0.name == node.meta.name }
        places[address, default: []].append(Machine(name: node.meta.name, life: Life(node.meta)))
      }
    }
    let takings = Self.takings(inventory, of: places)
    let told =
      takings.isEmpty ? [] : Set(inventory.nodes.flatMap(\.addresses) + Self.ofHostNetwork(inventory).keys)
    for (address, moments) in takings {
      // A bridge or a tunnel is where it is by rule only: where a pod has the address the rule is another one.
      guard told.contains(address) else {
        places[address] = nil
        continue
      }
      places[address] = places[address]?.map { machine in
        let next = moments.filter { machine.life.from < $0 }.min() ?? .distantFuture
        return Machine(
          name: machine.name, life: Life(from: machine.life.from, until: min(machine.life.until, next)))
      }
    }
    shared = Set(takings.keys)
    self.places = places
  }

  /// The machines that pods in their network name, each since the first of these had the address.
  ///
  /// Of an address that nobody knows since when a pod had it, since the pod is there.
  private static func ofHostNetwork(_ inventory: Inventory) -> [Address: [Machine]] {
    var since: [Address: [String: Instant]] = [:]
    for pod in inventory.hostPods {
      guard let name = pod.nodeName else { continue }
      let held = Dictionary(pod.holdings.map { ($0.address, $0.from) }, uniquingKeysWith: min)
      for address in pod.everyAddress {
        let from = held[address] ?? pod.held.from
        since[address, default: [:]][name] = min(since[address]?[name] ?? .distantFuture, from)
      }
    }
    return since.mapValues { names in
      names.map { Machine(name: $0.key, life: Life(from: $0.value, until: .distantFuture)) }
    }
  }

  /// When pods began to hold addresses of machines.
  private static func takings(
    _ inventory: Inventory, of places: [Address: [Machine]]
  ) -> [Address: [Instant]] {
    var found: [Address: [Instant]] = [:]
    guard !places.isEmpty else { return found }
    let pods = inventory.pods
    for place in pods.indices where !pods[place].usesHostNetwork {
      for held in pods[place].holdings where places[held.address] != nil {
        found[held.address, default: []].append(held.from)
      }
    }
    return found
  }

  /// Every address that is some machine's.
  public var addresses: [Address] { places.keys.sorted() }

  /// The machine that has an address: of several the one that was there, else the one that came last.
  ///
  /// A machine is replaced by one that does the same, so its address is a machine's also when neither was there; but not
  /// after a pod had it.
  public func name(of address: Address, at moment: Instant?) -> String? {
    guard let known = places[address], let last = known.max(by: Self.cameBefore) else { return nil }
    guard known.count > 1 || shared.contains(address), let moment else { return last.name }
    let present = Life.present(known, at: moment) { $0.life }.max(by: Self.cameBefore)?.name
    return present ?? (shared.contains(address) ? nil : last.name)
  }

  /// Every machine that has or had an address.
  public func names(of address: Address) -> Set<String> { Set(places[address, default: []].map(\.name)) }

  /// The moments at which the answer for an address may change.
  public func changes(of address: Address) -> [Instant] {
    let known = places[address, default: []]
    return known.count > 1 || shared.contains(address) ? known.flatMap(\.life.changes) : []
  }

  private static func cameBefore(_ one: Machine, _ other: Machine) -> Bool {
    (one.life.from, one.name) < (other.life.from, other.name)
  }
}
