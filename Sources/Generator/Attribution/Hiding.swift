import Kubernetes
import Traffic

// Machines that put their own address in the place of somebody else's.
extension Attribution {
  /// Whether what a row shows counts between other ends: a machine asked for somebody whom it hides.
  ///
  /// Who is no machine hides nobody, and asked for himself, whatever it looks like. What a machine hands on to a pod
  /// that is not its own is a need besides, for the pod's policy sees that machine.
  func isCounted(elsewhere direction: Direction, by client: Address, pod: Int?, at moment: Instant) -> Bool {
    guard direction == .seenAgain, roster.holder(of: client, at: moment) == .nobody,
      let machine = directory.machines.name(of: client, at: moment)
    else { return false }
    guard let pod else { return true }
    return inventory.pods[pod].nodeName == machine
  }
}
