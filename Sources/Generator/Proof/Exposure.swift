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
    let workloads = cast.ends.filter { $0.workload != nil }
    for client in workloads {
      for server in workloads where client != server {
        let touches = [client, server].contains { $0.namespace.map(options.namespaces.contains) ?? false }
        guard touches, let asker = cast.parties(of: client).first, let asked = cast.parties(of: server).first
        else {
          continue
        }
        let (from, to) = (set.standing(of: asker), set.standing(of: asked))
        for door in doors[server, default: []] {
          ways += 1
          if set.verdict(from: from, to: to, port: door.port, transport: door.transport).isAllowed {
            open += 1
          }
        }
      }
    }
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
