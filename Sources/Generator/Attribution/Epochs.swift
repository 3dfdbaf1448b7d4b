import Kubernetes
import Traffic

/// The stretches of time in which the same Services, slices and machines are there.
struct Epochs {
  private let changes: [Instant]

  init(_ inventory: Inventory, roster: Roster) {
    var changes = inventory.services.flatMap { Life($0.meta).changes }
    changes += inventory.nodes.flatMap { Life($0.meta).changes }
    for slice in inventory.slices {
      changes += Life(slice.meta).changes
      // What a slice leads to depends on who holds its addresses.
      for address in slice.addresses { changes += roster.changes(of: address) }
    }
    self.changes = Set(changes).sorted()
  }

  /// Which of them a moment lies in.
  func number(of moment: Instant) -> Int {
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= moment { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
