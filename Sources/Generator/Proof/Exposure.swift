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
    var doors: [End: Set<ContainerDoor>] = [:]
    for end in cast.ends {
      for case .pod(let traits, _) in cast.parties(of: end) {
        doors[end, default: []].formUnion(traits.ports.map { ContainerDoor($0.number, $0.transport) })
      }
    }
    for edge in edges where edge.tier.isEstablished && edge.server.workload != nil {
      doors[edge.server, default: []].insert(ContainerDoor(edge.port, edge.transport))
    }
    let workloads = cast.ends.compactMap { end -> Place? in
      guard let namespace = end.namespace, let look = cast.parties(of: end).first else { return nil }
      return Place(
        end: end, isAskedFor: options.namespaces.contains(namespace), standing: set.standing(of: look))
    }
    for client in workloads {
      for server in workloads where client.end != server.end && (client.isAskedFor || server.isAskedFor) {
        for door in doors[server.end, default: []] {
          ways += 1
          let isOpen = set.allows(
            from: client.standing, to: server.standing, port: door.port, transport: door.transport)
          if isOpen { open += 1 }
        }
      }
    }
  }

  private struct Place {
    let end: End
    let isAskedFor: Bool
    let standing: Standing
  }

  private struct ContainerDoor: Hashable {
    let port: UInt16
    let transport: Transport

    init(_ port: UInt16, _ transport: Transport) {
      self.port = port
      self.transport = transport
    }
  }
}
