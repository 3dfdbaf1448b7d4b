import Traffic

/// Clients that knock on doors: more different ones stay closed to them than open.
///
/// A door is a workload and a port, however many replicas stand behind it. A scanner loses its failed and its one-shot
/// edges, not its steady ones: a monitoring system that scans may still have a database. What it did once in each of
/// several scans is one-shot too.
struct Scanners {
  private var reasons: [End: String] = [:]
  private var sweeps: [End: Sweeps] = [:]

  /// How many different doors must stay closed to a client before it counts as a scanner.
  private static let closedDoors = 5

  private struct Knocks {
    var closed = 0
    var open = 0
    var ports: Set<UInt16> = []
    var workloads: Set<End> = []
    var first = Instant.distantFuture
    var last = Instant.distantPast
    /// What was seen of each closed door.
    var tried: [Evidence] = []
  }

  /// Judges every client by the doors of workloads that it found closed, and those that it found open.
  init(_ edges: [Edge]) {
    var clients: [End: Knocks] = [:]
    for edge in edges where edge.transport == .tcp && edge.server.workload != nil {
      var knocks = clients[edge.client] ?? Knocks()
      if edge.tier < .answered {
        knocks.closed += 1
        knocks.ports.insert(edge.port)
        knocks.workloads.insert(edge.server)
        knocks.first = min(knocks.first, edge.evidence.first)
        knocks.last = max(knocks.last, edge.evidence.last)
        knocks.tried.append(edge.evidence)
      } else {
        knocks.open += 1
      }
      clients[edge.client] = knocks
    }
    for (client, knocks) in clients where knocks.closed >= Self.closedDoors && knocks.closed > knocks.open {
      let seconds = Int(knocks.last.seconds(since: knocks.first).rounded(.up))
      let ports = "\(knocks.ports.count) port\(knocks.ports.count == 1 ? "" : "s")"
      let workloads = "\(knocks.workloads.count) workload\(knocks.workloads.count == 1 ? "" : "s")"
      sweeps[client] = Sweeps(knocks.tried, atLeast: Self.closedDoors)
      reasons[client] = "scan: \(knocks.closed) closed doors, \(ports) on \(workloads) in \(seconds) s"
    }
  }

  /// Why this client's edge is part of a scan; nil when it is not.
  func reason(for edge: Edge) -> String? {
    guard edge.transport == .tcp, let reason = reasons[edge.client] else { return nil }
    let isOneShot = !edge.tier.isEstablished || edge.evidence.established <= 1
    return isOneShot || sweeps[edge.client]?.hold(edge.evidence) ?? false ? reason : nil
  }
}
