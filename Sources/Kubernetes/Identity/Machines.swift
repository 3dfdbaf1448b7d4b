public import Traffic

/// Which addresses are machines' own.
///
/// A machine has the addresses that it tells, those of its bridge and tunnel within its pods' block, and those of the
/// pods that live in its network: these are known even where nobody listed the machines.
public struct Machines: Sendable {
  private let places: [Address: [Machine]]

  private struct Machine {
    let name: String
    let life: Life
  }

  init(_ inventory: Inventory) {
    var places: [Address: [Machine]] = [:]
    for pod in inventory.pods where pod.usesHostNetwork {
      guard let name = pod.nodeName else { continue }
      for address in pod.everyAddress where !(places[address]?.contains { $0.name == name } ?? false) {
        places[address, default: []].append(Machine(name: name, life: .always))
      }
    }
    for node in inventory.nodes {
      for address in node.addresses + node.derivedAddresses {
        places[address, default: []].removeAll { $0.name == node.meta.name }
        places[address, default: []].append(Machine(name: node.meta.name, life: Life(node.meta)))
      }
    }
    self.places = places
  }

  /// Every address that is some machine's.
  public var addresses: [Address] { places.keys.sorted() }

  /// The machine that has an address: of several the one that was there, else the one that came last.
  ///
  /// A machine is replaced by one that does the same, so its address is a machine's also when neither was there.
  public func name(of address: Address, at moment: Instant?) -> String? {
    guard let known = places[address], let last = known.max(by: Self.cameBefore) else { return nil }
    guard known.count > 1, let moment else { return last.name }
    return Life.present(known, at: moment) { $0.life }.max(by: Self.cameBefore)?.name ?? last.name
  }

  private static func cameBefore(_ one: Machine, _ other: Machine) -> Bool {
    (one.life.from, one.name) < (other.life.from, other.name)
  }
}
