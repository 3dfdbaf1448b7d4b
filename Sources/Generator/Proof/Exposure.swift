import Kubernetes
import Traffic

/// How much of what could be reached stays reachable.
///
/// A door is a workload with a port that its pods declare or that was seen open; a way is a workload and a door.
public struct Exposure: Hashable, Sendable {
  /// Ways that begin or end in the namespaces asked for.
  public private(set) var ways = 0
  /// Those of them that the policies let through.
  public private(set) var open = 0

  init(_ planned: [PlannedPolicy], cast: Cast, edges: [Edge], inventory: Inventory, options: Options) {
    let set = PolicySet(planned.map(\.policy), namespaces: inventory.namespaces)
    let workloads = cast.ends.filter { $0.workload != nil && !cast.parties(of: $0).isEmpty }
    let places = Dictionary(zip(workloads, 0...), uniquingKeysWith: { first, _ in first })
    var doors: Set<Reach.Door> = []
    for (place, end) in workloads.enumerated() {
      for case .pod(let traits, _) in cast.parties(of: end) {
        for port in traits.ports { doors.insert(Reach.Door(of: place, port.number, port.transport)) }
      }
    }
    for edge in edges where edge.tier.isEstablished {
      guard let place = places[edge.server] else { continue }
      doors.insert(Reach.Door(of: place, edge.port, edge.transport))
    }
    let isAskedFor = workloads.map { $0.namespace.map(options.namespaces.contains) ?? false }
    let everybody = Array(workloads.indices)
    let chosen = everybody.filter { isAskedFor[$0] }
    let (own, others) = (doors.filter { isAskedFor[$0.party] }, doors.filter { !isAskedFor[$0.party] })
    ways = own.count * max(0, everybody.count - 1) + others.count * chosen.count
    let reach = Reach(set, among: workloads.compactMap { cast.parties(of: $0).first })
    open =
      reach.openWays(from: everybody, to: Array(own)) + reach.openWays(from: chosen, to: Array(others))
  }
}
